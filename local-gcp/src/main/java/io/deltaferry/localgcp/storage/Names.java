package io.deltaferry.localgcp.storage;

import io.deltaferry.localgcp.http.GoogleError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;

/** The naming rules of https://cloud.google.com/storage/docs/buckets and .../objects. */
final class Names {
  /** Lists are sorted by UTF-8 bytes, which differs from Java's order beyond the BMP. */
  static final Comparator<String> ORDER =
      (left, right) -> Arrays.compareUnsigned(utf8(left), utf8(right));

  private static final int OBJECT_BYTES = 1024;
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]*[a-z0-9]");
  private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

  private Names() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String bucket(String name) {
    boolean dotted = name.indexOf('.') >= 0;
    boolean valid =
        name.length() >= 3
            && name.length() <= (dotted ? 222 : 63)
            && BUCKET.matcher(name).matches()
            && !ADDRESS.matcher(name).matches()
            && !name.startsWith("goog")
            && !name.contains("google")
            && Arrays.stream(name.split("\\.", -1)).allMatch(Names::component);
    if (!valid) {
      throw GoogleError.invalid("Invalid bucket name: '" + name + "'");
    }
    return name;
  }

  private static boolean component(String part) {
    return !part.isEmpty() && part.length() <= 63 && !part.startsWith("-") && !part.endsWith("-");
  }

  static String object(String name) {
    if (name.isEmpty()) {
      throw Refusals.required("name");
    }
    if (utf8(name).length > OBJECT_BYTES) {
      throw GoogleError.invalid(
          "The maximum object length is 1024 characters, but got a name with "
              + utf8(name).length
              + " characters.");
    }
    boolean reserved =
        name.equals(".") || name.equals("..") || name.startsWith(".well-known/acme-challenge/");
    if (reserved || name.indexOf('\r') >= 0 || name.indexOf('\n') >= 0) {
      throw GoogleError.invalid("Disallowed unicode characters or name in the object name");
    }
    return name;
  }
}
