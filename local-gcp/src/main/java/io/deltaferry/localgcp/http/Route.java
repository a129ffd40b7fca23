package io.deltaferry.localgcp.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A method, a path pattern such as {@code /b/{bucket}/o/{object}}, and what answers it. */
record Route(
    String method, Pattern pattern, List<String> names, JsonHttpServer.RouteHandler handler) {
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-zA-Z]+)(=\\*{1,2})?}");

  Route {
    names = List.copyOf(names);
  }

  /**
   * A variable matches one raw segment without a colon (so an encoded slash stays inside it);
   * {@code =*} lets it have colons too; {@code =**} matches the rest.
   */
  static Route of(String method, String template, JsonHttpServer.RouteHandler handler) {
    List<String> names = new ArrayList<>();
    StringBuilder regex = new StringBuilder();
    Matcher matcher = VARIABLE.matcher(template);
    int end = 0;
    while (matcher.find()) {
      names.add(matcher.group(1));
      regex.append(Pattern.quote(template.substring(end, matcher.start())));
      regex.append(variable(matcher.group(2)));
      end = matcher.end();
    }
    regex.append(Pattern.quote(template.substring(end)));
    return new Route(method, Pattern.compile(regex.toString()), names, handler);
  }

  private static String variable(@Nullable String extent) {
    if (extent == null) {
      return "([^/:]+)";
    }
    return extent.equals("=*") ? "([^/]+)" : "(.+)";
  }

  /** The decoded variables when this route answers the call. */
  Optional<Map<String, String>> match(String callMethod, String rawPath) {
    Matcher matcher = pattern.matcher(rawPath);
    boolean same = method.equals(callMethod) || (method.equals("GET") && callMethod.equals("HEAD"));
    if (!same || !matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      // A path's plus sign is itself, unlike a query's.
      String raw = matcher.group(i + 1).replace("+", "%2B");
      variables.put(names.get(i), HttpCall.decode(raw));
    }
    return Optional.of(variables);
  }
}
