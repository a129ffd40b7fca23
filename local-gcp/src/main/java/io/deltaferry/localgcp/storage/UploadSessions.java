package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The resumable uploads under way and those lately finished; they outlive a restart. */
final class UploadSessions {
  private static final Duration LIFE = Duration.ofDays(7);
  private static final Pattern ID = Pattern.compile("upload-[0-9a-f-]{36}");
  private static final String RECORD = ".json";
  private static final String PART = ".part";

  private final Incoming incoming;
  private final Clock clock;
  private final Map<String, UploadSession> sessions = new ConcurrentHashMap<>();

  UploadSessions(Incoming incoming, Clock clock) {
    this.incoming = incoming;
    this.clock = clock;
    try (Stream<Path> files = Files.list(incoming.directory())) {
      for (Path file : files.toList()) {
        removeIfExpired(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + incoming.directory(), e);
    }
  }

  /** Also removes bytes whose record was never written. */
  private void removeIfExpired(Path file) throws IOException {
    String name = file.getFileName().toString();
    String id = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    if (!ID.matcher(id).matches()) {
      return;
    }
    Path record = incoming.sessionFile(id, RECORD);
    if (!Files.exists(record) || isExpired(JsonFile.read(record))) {
      Files.deleteIfExists(incoming.sessionFile(id, PART));
      Files.deleteIfExists(record);
    }
  }

  private boolean isExpired(JsonNode stored) {
    return Instant.parse(stored.get("started").asText()).isBefore(clock.instant().minus(LIFE));
  }

  UploadSession start(String bucket, ObjectNode resource, ObjectNode conditions)
      throws IOException {
    String id = "upload-" + UUID.randomUUID();
    ObjectNode beginning = JsonNodeFactory.instance.objectNode().put("bucket", bucket);
    beginning.put("started", clock.instant().toString());
    beginning.set("resource", resource);
    beginning.set("conditions", conditions);
    UploadSession session = session(id, beginning);
    session.save();
    sessions.put(id, session);
    return session;
  }

  /**
   * The session of this id.
   *
   * @throws GoogleError 404 when it never was, was cancelled or has expired
   */
  UploadSession require(String id) throws IOException {
    UploadSession known = sessions.get(id);
    if (known != null) {
      return known;
    }
    return reopen(id);
  }

  private synchronized UploadSession reopen(String id) throws IOException {
    Path record = incoming.sessionFile(id, RECORD);
    if (!ID.matcher(id).matches() || !Files.exists(record)) {
      throw GoogleError.notFound("No such upload: " + id);
    }
    UploadSession known = sessions.get(id);
    if (known == null) {
      known = session(id, JsonFile.read(record));
      sessions.put(id, known);
    }
    return known;
  }

  private UploadSession session(String id, JsonNode stored) throws IOException {
    return new UploadSession(
        id, stored, incoming.sessionFile(id, PART), incoming.sessionFile(id, RECORD));
  }

  /** A finished session needs no memory: should its end be repeated, its record tells it. */
  void release(UploadSession session) {
    sessions.remove(session.id());
  }

  void discard(UploadSession session) throws IOException {
    session.discard();
    sessions.remove(session.id());
  }
}
