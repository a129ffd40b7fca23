package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import org.jspecify.annotations.Nullable;

/** The checksums a writer says its content has. */
record ExpectedChecksum(@Nullable String crc32c, @Nullable String md5) {

  /** From the resource it sent. */
  static ExpectedChecksum of(JsonNode resource) {
    return new ExpectedChecksum(text(resource, "crc32c"), text(resource, "md5Hash"));
  }

  private static @Nullable String text(JsonNode resource, String field) {
    return resource.hasNonNull(field) ? resource.get(field).asText() : null;
  }

  /** With those of {@code X-Goog-Hash} and {@code Content-MD5}, which is sent with the bytes. */
  ExpectedChecksum and(HttpCall call) {
    String crc = crc32c;
    String digest = call.header("Content-MD5").orElse(md5);
    for (String line : call.headers("X-Goog-Hash")) {
      for (String hash : line.split(",", -1)) {
        String[] pair = hash.trim().split("=", 2);
        if (pair[0].equals("crc32c") && pair.length == 2) {
          crc = pair[1];
        } else if (pair[0].equals("md5") && pair.length == 2) {
          digest = pair[1];
        }
      }
    }
    return new ExpectedChecksum(crc, digest);
  }

  /**
   * Compares.
   *
   * @throws GoogleError 400 when one differs
   */
  void verify(String actualCrc32c, @Nullable String actualMd5) {
    verify("CRC32C", crc32c, actualCrc32c);
    if (actualMd5 != null) {
      verify("MD5 hash", md5, actualMd5);
    }
  }

  private static void verify(String kind, @Nullable String expected, String actual) {
    if (expected != null && !expected.equals(actual)) {
      throw GoogleError.invalid(
          "Provided %s \"%s\" doesn't match calculated %s \"%s\"."
              .formatted(kind, expected, kind, actual));
    }
  }
}
