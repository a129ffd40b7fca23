package io.deltaferry.table;

import io.deltaferry.config.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The source database and who logs in to it.
 *
 * @param password null where the server asks for none or {@code iamAuth} replaces it
 * @param iamAuth log in with the service's own Google identity
 * @param properties further driver properties; they may hold secrets and are never printed
 * @param maxSessions how many sessions may read rows at a time, in all instances; at least 1
 */
public record SourceConfig(
    SourceEndpoint endpoint,
    String user,
    @Nullable Secret password,
    boolean iamAuth,
    Map<String, String> properties,
    int maxSessions) {

  /** What a small server bears beside its own work. */
  static final int DEFAULT_MAX_SESSIONS = 16;

  public SourceConfig {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  /** A source that bears as many sessions as are usual. */
  public SourceConfig(
      SourceEndpoint endpoint,
      String user,
      @Nullable Secret password,
      boolean iamAuth,
      Map<String, String> properties) {
    this(endpoint, user, password, iamAuth, properties, DEFAULT_MAX_SESSIONS);
  }

  @Override
  public String toString() {
    return "SourceConfig[%s, user=%s, iamAuth=%s, properties=%s, maxSessions=%d]"
        .formatted(endpoint, user, iamAuth, properties.keySet(), maxSessions);
  }
}
