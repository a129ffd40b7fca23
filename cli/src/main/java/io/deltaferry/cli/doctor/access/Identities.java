package io.deltaferry.cli.doctor.access;

import io.deltaferry.cli.doctor.cloud.Cloud;
import java.util.regex.Pattern;

/** The names under which the holders of roles stand in policies. */
record Identities(Cloud cloud) {
  /**
   * What the identity is called in a policy; the number of the project, which is part of the names
   * of Google's agents, is left open.
   */
  Pattern pattern(String identity) {
    return switch (identity) {
      case Grant.PUBSUB_AGENT -> agent("gcp-sa-pubsub");
      case Grant.STORAGE_AGENT -> agent("gs-project-accounts");
      default -> Pattern.compile(Pattern.quote("serviceAccount:" + cloud.identity(identity)));
    };
  }

  /** The member for a shell, which finds the project's number out. */
  String forShell(String identity) {
    return switch (identity) {
      case Grant.PUBSUB_AGENT -> agentForShell("gcp-sa-pubsub");
      case Grant.STORAGE_AGENT -> agentForShell("gs-project-accounts");
      default -> "serviceAccount:" + cloud.identity(identity);
    };
  }

  private static Pattern agent(String domain) {
    return Pattern.compile(
        "serviceAccount:service-\\d+@" + domain + "\\.iam\\.gserviceaccount\\.com");
  }

  private String agentForShell(String domain) {
    return "serviceAccount:service-$(gcloud projects describe %s --format='value(projectNumber)')@%s"
            .formatted(cloud.project(), domain)
        + ".iam.gserviceaccount.com";
  }
}
