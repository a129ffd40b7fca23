package io.deltaferry.cli.endpoint;

import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.TableCatalog;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** The URL of a database as a person gives it in a command. */
public final class DatabaseUrl {
  private static final Pattern HOLDS_USER = Pattern.compile("//[^/]*@|[?&]user=");
  private static final Pattern HOLDS_PASSWORD = Pattern.compile("//[^/@:]*:[^/]*@|[?&]password=");

  private DatabaseUrl() {}

  /**
   * The URL with a login.
   *
   * @param process the variables of this process; {@code PGUSER} stands in for a user, and {@code
   *     PGPASSWORD} for a password, that the URL does not hold
   */
  public static String withLogin(String url, Map<String, String> process) {
    String user = process.getOrDefault("PGUSER", System.getProperty("user.name"));
    String known = HOLDS_USER.matcher(url).find() ? url : with(url, "user", user);
    String password = process.get("PGPASSWORD");
    return password == null || HOLDS_PASSWORD.matcher(url).find()
        ? known
        : with(known, "password", password);
  }

  /**
   * The database behind the URL.
   *
   * @param process as in {@link #withLogin}
   * @throws io.deltaferry.error.DeltaferryException SETTING_INVALID; the URL is not repeated
   */
  public static SourceConfig source(String url, Map<String, String> process) {
    return TableCatalog.source(Map.of(TableCatalog.SOURCE_URL, withLogin(url, process)))
        .orElseThrow();
  }

  /** One more property of the URL, escaped. */
  public static String with(String url, String property, String value) {
    return url + (url.contains("?") ? "&" : "?") + property + "=" + encoded(value);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
