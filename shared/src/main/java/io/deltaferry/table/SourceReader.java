package io.deltaferry.table;

import io.deltaferry.config.Secret;
import io.deltaferry.config.Section;
import io.deltaferry.config.Setting;
import io.deltaferry.config.WholeNumberText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads the {@code source} section. */
final class SourceReader {
  private static final List<String> ENDPOINTS = List.of("url", "alloydb", "cloudsql");
  private static final List<String> LOGIN = List.of("user", "password");

  private static final int MOST_SESSIONS = 1_000;

  private final Section section;

  private SourceReader(Section section) {
    this.section = section;
  }

  /** The source; where a problem was noted, its parts are empty text. */
  static SourceConfig read(Section section) {
    return new SourceReader(section).read();
  }

  private SourceConfig read() {
    section.refuseOthers(TableKeys.SOURCE);
    SourceUrl url = url();
    boolean iamAuth = section.text("iam_auth").flatMap(Words::yesOrNo).orElse(false);
    Secret password = password(url.password());
    if (iamAuth && password != null) {
      section.problem("iam_auth", "takes the place of a password; remove one of the two");
    }
    if (iamAuth && section.has("url")) {
      section.problem("iam_auth", "works with 'alloydb' and 'cloudsql', not with 'url'");
    }
    return new SourceConfig(
        endpoint(url), user(url.user()), password, iamAuth, properties(), maxSessions());
  }

  private SourceEndpoint endpoint(SourceUrl url) {
    List<String> given = ENDPOINTS.stream().filter(section::has).toList();
    if (given.size() != 1) {
      section.problem("needs exactly one of 'url', 'alloydb' and 'cloudsql'");
    }
    if (section.has("alloydb")) {
      return new SourceEndpoint.AlloyDb(instance("alloydb", CloudName::alloyDb), database());
    }
    if (section.has("cloudsql")) {
      return new SourceEndpoint.CloudSql(instance("cloudsql", CloudName::cloudSql), database());
    }
    if (section.has("database")) {
      section.problem("database", "is part of 'url'; remove it here");
    }
    return new SourceEndpoint.Jdbc(url.jdbcUrl());
  }

  private String instance(String key, UnaryOperator<String> rule) {
    return section.text(key).flatMap(name -> name.as(rule)).orElse("");
  }

  private String database() {
    return section.requiredText("database", "name the database").map(Setting::value).orElse("");
  }

  private SourceUrl url() {
    SourceUrl nothing = new SourceUrl("", null, null);
    return section
        .text("url")
        .map(text -> text.asHidden(SourceUrl::parse).orElse(nothing))
        .orElse(nothing);
  }

  private String user(@Nullable String inUrl) {
    if (inUrl != null) {
      refuseTwice("user");
      return inUrl;
    }
    return section.requiredText("user", "name the database role").map(Setting::value).orElse("");
  }

  private @Nullable Secret password(@Nullable String inUrl) {
    if (inUrl != null) {
      refuseTwice("password");
      return new Secret.Value(inUrl);
    }
    return SecretReader.read(section, "password").orElse(null);
  }

  private void refuseTwice(String key) {
    if (section.has(key)) {
      section.problem(key, "is already given in 'url'; remove one of the two");
    }
  }

  private Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    section.section("properties").ifPresent(given -> addAll(given, properties));
    return properties;
  }

  private int maxSessions() {
    Setting setting = section.text("max_sessions").orElse(null);
    if (setting == null) {
      return SourceConfig.DEFAULT_MAX_SESSIONS;
    }
    Optional<Integer> sessions = setting.as(WholeNumberText::parse);
    if (sessions.isPresent() && (sessions.get() < 1 || sessions.get() > MOST_SESSIONS)) {
      setting.refuse("is out of range; 1 to " + MOST_SESSIONS + " sessions may read at a time");
    }
    return sessions.orElse(SourceConfig.DEFAULT_MAX_SESSIONS);
  }

  private static void addAll(Section given, Map<String, String> properties) {
    for (String name : given.keys()) {
      if (LOGIN.contains(name)) {
        given.problem(name, "has a key of its own: source." + name);
      }
      given.text(name).ifPresent(value -> properties.put(name, value.value()));
    }
  }
}
