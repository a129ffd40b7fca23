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
 */
public record SourceConfig(
    SourceEndpoint endpoint,
    String user,
    @Nullable Secret password,
    boolean iamAuth,
    Map<String, String> properties) {

  public SourceConfig {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  @Override
  public String toString() {
    return "SourceConfig[%s, user=%s, iamAuth=%s, properties=%s]"
        .formatted(endpoint, user, iamAuth, properties.keySet());
  }
}
