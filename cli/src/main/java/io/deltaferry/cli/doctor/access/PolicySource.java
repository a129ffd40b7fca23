package io.deltaferry.cli.doctor.access;

import com.google.cloud.Policy;
import com.google.cloud.bigquery.Acl;
import com.google.cloud.bigquery.Dataset;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.storage.Storage.BucketSourceOption;
import com.google.iam.v1.GetIamPolicyRequest;
import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.cli.doctor.access.Bindings.Binding;
import io.deltaferry.cli.doctor.cloud.Cloud;
import java.util.ArrayList;
import java.util.List;

/** One resource that has a policy. */
interface PolicySource {
  /** Policies with conditions are shown to those only who ask for this version. */
  int VERSION = 3;

  /** What the resource is called in a line. */
  String describe();

  /** The policy as it is. */
  Bindings read();

  /** The command that adds a member. */
  String addBinding(String member, String role);

  /** The staging bucket. */
  record OfBucket(Cloud cloud) implements PolicySource {
    @Override
    public String describe() {
      return "on the bucket";
    }

    @Override
    public Bindings read() {
      cloud.requiredBucket();
      Policy policy =
          cloud
              .storage()
              .getIamPolicy(cloud.bucket(), BucketSourceOption.requestedPolicyVersion(VERSION));
      List<Binding> bindings = new ArrayList<>();
      policy
          .getBindingsList()
          .forEach(
              binding ->
                  binding
                      .getMembers()
                      .forEach(member -> bindings.add(new Binding(binding.getRole(), member))));
      return new Bindings(bindings);
    }

    @Override
    public String addBinding(String member, String role) {
      return "gcloud storage buckets add-iam-policy-binding gs://%s --member=\"%s\" --role=%s"
          .formatted(cloud.bucket(), member, role);
    }
  }

  /** A topic. */
  record OfTopic(Cloud cloud, String topic) implements PolicySource {
    @Override
    public String describe() {
      return "on topic " + topic;
    }

    @Override
    public Bindings read() {
      return bindings(cloud.topics().getIamPolicy(request(cloud.topicPath(topic))));
    }

    @Override
    public String addBinding(String member, String role) {
      return "gcloud pubsub topics add-iam-policy-binding %s --member=\"%s\" --role=%s --project=%s"
          .formatted(topic, member, role, cloud.project());
    }
  }

  /** A subscription. */
  record OfSubscription(Cloud cloud, String subscription) implements PolicySource {
    @Override
    public String describe() {
      return "on subscription " + subscription;
    }

    @Override
    public Bindings read() {
      return bindings(
          cloud.subscriptions().getIamPolicy(request(cloud.subscriptionPath(subscription))));
    }

    @Override
    public String addBinding(String member, String role) {
      return "gcloud pubsub subscriptions add-iam-policy-binding %s --member=\"%s\" --role=%s --project=%s"
          .formatted(subscription, member, role, cloud.project());
    }
  }

  /** A dataset, which has an access list in the place of a policy. */
  record OfDataset(Cloud cloud, String dataset) implements PolicySource {
    @Override
    public String describe() {
      return "on dataset " + dataset;
    }

    @Override
    public Bindings read() {
      Dataset found = cloud.bigQuery().getDataset(DatasetId.of(cloud.project(), dataset));
      if (found == null) {
        throw new NotCheckedException("there is no dataset " + dataset);
      }
      List<Binding> bindings = new ArrayList<>();
      for (Acl entry : found.getAcl() == null ? List.<Acl>of() : found.getAcl()) {
        // The list tells people and service accounts not apart.
        if (entry.getEntity() instanceof Acl.User user && entry.getRole() != null) {
          bindings.add(new Binding(entry.getRole().name(), "serviceAccount:" + user.getEmail()));
        }
      }
      return new Bindings(bindings);
    }

    @Override
    public String addBinding(String member, String role) {
      return "bq query --project_id=%s --nouse_legacy_sql 'GRANT `%s` ON SCHEMA `%s`.%s TO \"%s\"'"
          .formatted(cloud.project(), role, cloud.project(), dataset, member);
    }
  }

  private static GetIamPolicyRequest request(String resource) {
    return GetIamPolicyRequest.newBuilder().setResource(resource).build();
  }

  private static Bindings bindings(com.google.iam.v1.Policy policy) {
    List<Binding> bindings = new ArrayList<>();
    policy
        .getBindingsList()
        .forEach(
            binding ->
                binding
                    .getMembersList()
                    .forEach(member -> bindings.add(new Binding(binding.getRole(), member))));
    return new Bindings(bindings);
  }
}
