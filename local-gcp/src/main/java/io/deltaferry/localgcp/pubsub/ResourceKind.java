package io.deltaferry.localgcp.pubsub;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a resource name can name, and the rules Pub/Sub has for such names. */
enum ResourceKind {
  TOPIC("topics"),
  SUBSCRIPTION("subscriptions");

  private static final Pattern PROJECT = Pattern.compile("projects/[a-z0-9.:-]+");
  private static final Pattern NAME = Pattern.compile("(projects/[a-z0-9.:-]+)/([a-z]+)/(.+)");
  private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_.~+%-]{2,254}");

  private final String collection;

  ResourceKind(String collection) {
    this.collection = collection;
  }

  /** The name itself, or a refusal that shows the form it should have. */
  String require(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches() || !matcher.group(2).equals(collection)) {
      throw Refusal.invalid(
          "Invalid resource name given (name=%s). It must have the form projects/{project}/%s/{id}."
              .formatted(name, collection));
    }
    String id = matcher.group(3);
    if (!ID.matcher(id).matches() || id.toLowerCase(Locale.ROOT).startsWith("goog")) {
      throw Refusal.invalid(
          ("Invalid [%s] name: (name=%s). An id starts with a letter, has 3 to 255 of the"
                  + " characters A-Z a-z 0-9 - _ . ~ + %%, and does not start with \"goog\".")
              .formatted(collection, name));
    }
    return name;
  }

  static String requireProject(String project) {
    if (!PROJECT.matcher(project).matches()) {
      throw Refusal.invalid(
          "Invalid resource name given (name=" + project + "). It must be projects/{project}.");
    }
    return project;
  }

  static String projectOf(String name) {
    return name.split("/", 3)[1];
  }
}
