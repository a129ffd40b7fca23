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
  private final Map<String, UploadSession> sessions = new ConcurrentHashMap<>();

  UploadSessions(Incoming incoming, Clock clock) {
    this.incoming = incoming;
    try {
      removeExpired(clock.instant().minus(LIFE));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + incoming.directory(), e);
    }
  }

  private void removeExpired(Instant before) throws IOException {
    try (Stream<Path> files = Files.list(incoming.directory())) {
      for (Path file : files.toList()) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          Files.delete(file);
        }
      }
    }
  }

  UploadSession start(String bucket, ObjectNode resource, ObjectNode conditions)
      throws IOException {
    String id = "upload-" + UUID.randomUUID();
    ObjectNode beginning = JsonNodeFactory.instance.objectNode().put("bucket", bucket);
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

  void discard(UploadSession session) throws IOException {
    session.discard();
    sessions.remove(session.id());
  }
}
