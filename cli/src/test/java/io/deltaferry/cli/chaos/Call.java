package io.deltaferry.cli.chaos;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A step of a service: one call of an endpoint, or some bytes on their way.
 *
 * @param service such as {@code loader}, whichever of its instances
 * @param step what it does, without names and numbers: {@code create control/plan.json}
 */
record Call(String service, Endpoint endpoint, String step) {
  private static final Pattern NAME_IN_BODY = Pattern.compile("\"name\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern NAME_IN_QUERY = Pattern.compile("[?&]name=([^&]+)");
  private static final Pattern OBJECT = Pattern.compile("/b/[^/]+/o/([^/?]+)");
  private static final Pattern PREFIX = Pattern.compile("[?&]prefix=([^&]+)");
  private static final Pattern TABLE = Pattern.compile("/datasets/([^/]+)/tables(/[^/?]+)?");
  private static final Pattern JOB = Pattern.compile("\"jobId\"\\s*:\\s*\"df_([a-z]+)_");

  /** So much of a body says what it is. */
  private static final int HEAD = 65_536;

  /** What a request to Cloud Storage or BigQuery means. */
  static Call of(String service, String method, URI uri, byte[] body) {
    String target = uri.toString();
    String head = head(body);
    return target.contains("/bigquery/")
        ? new Call(service, Endpoint.BIGQUERY, bigQuery(method, target, head))
        : new Call(service, Endpoint.STORAGE, storage(method, target, head));
  }

  /** Google's clients compress what they send. */
  private static String head(byte[] body) {
    boolean zipped = body.length > 2 && body[0] == (byte) 0x1f && body[1] == (byte) 0x8b;
    ByteArrayInputStream bytes = new ByteArrayInputStream(body);
    try (InputStream in = zipped ? new GZIPInputStream(bytes) : bytes) {
      return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String storage(String method, String target, String body) {
    if (target.contains("upload_id=")) {
      return "upload bytes of " + kind(first(NAME_IN_QUERY, target, "a part"));
    }
    if (target.contains("uploadType=")) {
      return "create " + kind(first(NAME_IN_QUERY, target, first(NAME_IN_BODY, body, "?")));
    }
    Matcher object = OBJECT.matcher(target);
    if (object.find()) {
      return (method.equals("GET") ? "read " : method + " ") + kind(decoded(object.group(1)));
    }
    return method.equals("GET") && PREFIX.matcher(target).find()
        ? "list " + kind(first(PREFIX, target, "?"))
        : method + " bucket";
  }

  /** {@code control/orders/9999999998/slices/0/outcome.json} is {@code control/outcome.json}. */
  private static String kind(String name) {
    List<String> folders = List.of(name.split("/", -1));
    String last = folders.get(folders.size() - 1);
    String file = last.endsWith(".json") && !last.matches("[0-9].*|test-.*|beat-.*") ? last : "*";
    return folders.size() == 1 ? file : folders.get(0) + "/" + file;
  }

  private static String bigQuery(String method, String target, String body) {
    Matcher table = TABLE.matcher(target);
    if (table.find()) {
      return method + " table of " + table.group(1);
    }
    if (target.matches(".*/jobs(\\?.*)?") && method.equals("POST")) {
      return "insert " + first(JOB, body, "a") + " job";
    }
    if (target.contains("/jobs/")) {
      return "look at a job";
    }
    return target.contains("/queries") ? "query" : method + " " + target.replaceAll("\\?.*", "");
  }

  private static String first(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? decoded(matcher.group(1)) : otherwise;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** From where to where. */
  String way() {
    return service + " to " + endpoint;
  }

  @Override
  public String toString() {
    return way() + ": " + step;
  }
}
