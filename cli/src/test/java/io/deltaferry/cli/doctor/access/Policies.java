package io.deltaferry.cli.doctor.access;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.Identity;
import com.google.cloud.Role;
import com.google.cloud.bigquery.Acl;
import com.google.cloud.bigquery.Dataset;
import com.google.cloud.bigquery.DatasetId;
import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.iam.v1.SetIamPolicyRequest;
import io.deltaferry.cli.doctor.FakeCloud;
import io.deltaferry.cli.doctor.access.Grant.Place;
import io.deltaferry.cli.doctor.cloud.Cloud;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the policies of a deployment what a list of grants says. */
record Policies(Cloud cloud, FakeCloud google) {
  private static final String JOB =
      "projects/" + FakeCloud.PROJECT + "/locations/europe-west1/jobs/deltaferry-extract";

  private static final Map<String, String> DATASETS =
      Map.of("target", "clinic", "staging", "clinic_staging", "control", "clinic_control");

  void set(List<Grant> grants) {
    setBucket(of(grants, Place.BUCKET));
    for (String key : List.of("extract_requests", "staged_deltas", "loaded_deltas")) {
      setSubscription(
          cloud.pushSubscription(cloud.topic(key)), of(grants, Place.SUBSCRIPTION, key));
      setTopic(cloud.topic(key), of(grants, Place.TOPIC, key));
    }
    for (String key : List.of("sync_completed", "dead_letters")) {
      setTopic(cloud.topic(key), of(grants, Place.TOPIC, key));
    }
    DATASETS.forEach((purpose, name) -> setDataset(name, of(grants, Place.DATASET, purpose)));
    google.answer(
        "/v1/projects/" + FakeCloud.PROJECT + ":getIamPolicy",
        200,
        policy(of(grants, Place.PROJECT)));
    google.answer(
        "/v2/projects/" + FakeCloud.PROJECT + "/locations/-/jobs",
        200,
        "{\"jobs\":[{\"name\":\"" + JOB + "\"}]}");
    google.answer("/v2/" + JOB + ":getIamPolicy", 200, policy(of(grants, Place.JOB)));
  }

  private static List<Grant> of(List<Grant> grants, Place place) {
    return grants.stream().filter(grant -> grant.place() == place).toList();
  }

  private static List<Grant> of(List<Grant> grants, Place place, String name) {
    return of(grants, place).stream().filter(grant -> grant.name().equals(name)).toList();
  }

  private void setBucket(List<Grant> grants) {
    com.google.cloud.Policy.Builder policy = com.google.cloud.Policy.newBuilder();
    for (Grant grant : grants) {
      policy.addIdentity(
          Role.of(grant.role()), Identity.serviceAccount(cloud.identity(grant.identity())));
    }
    cloud.storage().setIamPolicy(FakeCloud.BUCKET, policy.build());
  }

  private void setTopic(String topic, List<Grant> grants) {
    cloud.topics().setIamPolicy(request(cloud.topicPath(topic), grants));
  }

  private void setSubscription(String subscription, List<Grant> grants) {
    cloud.subscriptions().setIamPolicy(request(cloud.subscriptionPath(subscription), grants));
  }

  private SetIamPolicyRequest request(String resource, List<Grant> grants) {
    Policy.Builder policy = Policy.newBuilder();
    grants.forEach(
        grant ->
            policy.addBindings(
                Binding.newBuilder().setRole(grant.role()).addMembers(member(grant.identity()))));
    return SetIamPolicyRequest.newBuilder().setResource(resource).setPolicy(policy).build();
  }

  /** As BigQuery shows them: two of its roles have other names in a dataset's list. */
  private void setDataset(String name, List<Grant> grants) {
    Dataset dataset = cloud.bigQuery().getDataset(DatasetId.of(FakeCloud.PROJECT, name));
    List<Acl> list = new ArrayList<>();
    for (Grant grant : grants) {
      list.add(
          Acl.of(
              new Acl.User(cloud.identity(grant.identity())),
              grant.role().endsWith("Editor") ? Acl.Role.WRITER : Acl.Role.READER));
    }
    cloud.bigQuery().update(dataset.toBuilder().setAcl(list).build());
  }

  private String policy(List<Grant> grants) {
    ObjectNode policy = JsonNodeFactory.instance.objectNode();
    ArrayNode bindings = policy.putArray("bindings");
    grants.forEach(
        grant ->
            bindings
                .addObject()
                .put("role", grant.role())
                .putArray("members")
                .add(member(grant.identity())));
    return policy.toString();
  }

  private String member(String identity) {
    return switch (identity) {
      case Grant.PUBSUB_AGENT ->
          "serviceAccount:service-4711@gcp-sa-pubsub.iam.gserviceaccount.com";
      case Grant.STORAGE_AGENT ->
          "serviceAccount:service-4711@gs-project-accounts.iam.gserviceaccount.com";
      default -> "serviceAccount:" + cloud.identity(identity);
    };
  }
}
