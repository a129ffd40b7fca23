package io.deltaferry.localgcp.bigquery.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/** Entity tags: they change with the resource. */
final class Etags {
  private Etags() {}

  static String of(JsonNode properties, long modified) {
    CRC32 sum = new CRC32();
    sum.update((properties + "|" + modified).getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Long.toHexString(sum.getValue()).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Holds when the caller asks for no particular version, or for this one.
   *
   * @throws GoogleError conditionNotMet
   */
  static void check(HttpCall call, String etag) {
    Optional<String> wanted = call.header("If-Match");
    if (wanted.isPresent() && !wanted.get().equals(etag) && !wanted.get().equals("*")) {
      throw new GoogleError(412, "conditionNotMet", "Precondition check failed.");
    }
  }
}
