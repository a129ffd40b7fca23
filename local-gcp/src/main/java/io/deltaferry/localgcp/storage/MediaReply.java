package io.deltaferry.localgcp.storage;

import io.deltaferry.localgcp.http.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** An object's content as the answer to a read with {@code alt=media}. */
final class MediaReply {
  private MediaReply() {}

  /** Opens the content now, so that a later overwrite does not disturb the answer. */
  static Reply of(HttpCall call, Contents contents) throws IOException {
    Contents.Opened opened =
        contents.openCurrent(call.path("object"), ObjectRoutes.generation(call));
    try {
      Preconditions.of(call).checkRead(opened.object());
      headers(call, opened.object());
      return mustGunzip(call, opened.object())
          ? gunzipped(opened.content())
          : stored(call, opened.object(), opened.content());
    } catch (RuntimeException e) {
      opened.content().close();
      throw e;
    }
  }

  private static Reply gunzipped(InputStream content) {
    return answer -> {
      try (content;
          InputStream plain = new GZIPInputStream(content)) {
        answer.respondChunked(200, plain);
      }
    };
  }

  private static Reply stored(HttpCall call, StoredObject object, InputStream content) {
    // First, as it may be refused, and a refusal is plain JSON whatever the object's encoding.
    Optional<ByteRange> range =
        call.header("Range").flatMap(header -> ByteRange.of(header, object.size()));
    object.attributes().field("contentEncoding").ifPresent(set(call, "Content-Encoding"));
    range.ifPresent(
        bytes ->
            call.responseHeader(
                "Content-Range",
                "bytes %d-%d/%d".formatted(bytes.first(), bytes.last(), object.size())));
    return answer -> {
      try (content) {
        content.skipNBytes(range.map(ByteRange::first).orElse(0L));
        long length = range.map(ByteRange::length).orElse(object.size());
        answer.respond(range.isPresent() ? 206 : 200, length, content);
      }
    };
  }

  /** Decompressive transcoding: a reader that does not accept gzip gets what was gzipped. */
  private static boolean mustGunzip(HttpCall call, StoredObject object) {
    boolean gzip = object.attributes().field("contentEncoding").map("gzip"::equals).orElse(false);
    boolean accepted = call.header("Accept-Encoding").orElse("").contains("gzip");
    boolean fixed = object.attributes().field("cacheControl").orElse("").contains("no-transform");
    return gzip && !accepted && !fixed;
  }

  private static void headers(HttpCall call, StoredObject object) {
    ObjectAttributes attributes = object.attributes();
    call.responseHeader(
        "Content-Type", attributes.field("contentType").orElse("application/octet-stream"));
    attributes.field("contentDisposition").ifPresent(set(call, "Content-Disposition"));
    attributes.field("contentLanguage").ifPresent(set(call, "Content-Language"));
    attributes.field("cacheControl").ifPresent(set(call, "Cache-Control"));
    String md5 = object.md5() == null ? "" : ",md5=" + object.md5();
    call.responseHeader("X-Goog-Hash", "crc32c=" + object.crc32c() + md5);
    call.responseHeader("X-Goog-Generation", Long.toString(object.generation()));
    call.responseHeader("X-Goog-Metageneration", Long.toString(object.metageneration()));
    call.responseHeader("X-Goog-Stored-Content-Length", Long.toString(object.size()));
    call.responseHeader(
        "X-Goog-Stored-Content-Encoding", attributes.field("contentEncoding").orElse("identity"));
    call.responseHeader(
        "X-Goog-Storage-Class", attributes.field("storageClass").orElse("STANDARD"));
    call.responseHeader("ETag", object.etag());
    call.responseHeader(
        "Last-Modified",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(object.updated().atZone(ZoneOffset.UTC)));
  }

  private static Consumer<String> set(HttpCall call, String header) {
    return value -> call.responseHeader(header, value);
  }
}
