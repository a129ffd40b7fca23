package io.deltaferry.cli.chaos;

import java.util.List;
import java.util.stream.Stream;

/** What a service talks to, as it is seen on its way there. */
enum Endpoint {
  STORAGE("Cloud Storage", 1),
  BIGQUERY("BigQuery", 1),
  /** Its calls: publications. There are few of them. */
  PUBSUB("Pub/Sub", 2),
  /** The bytes beneath the calls. */
  PUBSUB_WIRE("Pub/Sub's wire", 0.5),
  /** The bytes of its sessions: many, and one that is cut costs its whole session. */
  POSTGRESQL("PostgreSQL's wire", 0.3);

  private final String title;
  private final double share;

  Endpoint(String title, double share) {
    this.title = title;
    this.share = share;
  }

  /** How often something happens to a step here, against the usual. */
  double share() {
    return share;
  }

  /** What may happen to a step here. */
  List<Fault> faults() {
    return Stream.of(Fault.values()).filter(this::knows).toList();
  }

  private boolean knows(Fault fault) {
    return switch (this) {
      case STORAGE, BIGQUERY -> true;
      case PUBSUB -> !fault.cuts();
      case PUBSUB_WIRE, POSTGRESQL -> !fault.answers();
    };
  }

  @Override
  public String toString() {
    return title;
  }
}
