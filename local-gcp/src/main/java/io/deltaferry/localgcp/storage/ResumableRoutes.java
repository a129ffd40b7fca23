package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import io.deltaferry.localgcp.storage.StorageFaults.Fault;
import io.deltaferry.localgcp.storage.StorageFaults.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The requests of a resumable upload: begin, send, ask, cancel. */
final class ResumableRoutes {
  private static final List<String> CONDITIONS =
      List.of(
          "ifGenerationMatch",
          "ifGenerationNotMatch",
          "ifMetagenerationMatch",
          "ifMetagenerationNotMatch");

  private final ObjectStore store;
  private final UploadSessions sessions;
  private final StorageFaults faults;

  ResumableRoutes(ObjectStore store, UploadSessions sessions, StorageFaults faults) {
    this.store = store;
    this.sessions = sessions;
    this.faults = faults;
  }

  /** Answers with the address to send the content to. */
  void start(HttpCall call, ObjectNode resource) throws IOException {
    Draft draft = Draft.of(resource, Preconditions.of(call));
    faults.around(Operation.START_UPLOAD, draft.name(), () -> started(call, resource)).send(call);
  }

  private Reply started(HttpCall call, ObjectNode resource) throws IOException {
    String bucket = call.path("bucket");
    String name = resource.get("name").asText();
    Contents contents = store.buckets().require(bucket).contents();
    // Checked again when the upload ends; here it spares a doomed writer the sending.
    Preconditions.of(call).check(contents.find(name, null).orElse(null));
    ObjectNode conditions = JsonNodeFactory.instance.objectNode();
    CONDITIONS.forEach(field -> call.query(field).ifPresent(value -> conditions.put(field, value)));
    UploadSession session = sessions.start(bucket, resource, conditions);
    Optional<String> length = call.header("X-Upload-Content-Length");
    if (length.isPresent()) {
      session.announce(Numbers.parse("X-Upload-Content-Length", length.get()));
    }
    call.responseHeader("Location", location(call, bucket, name, session));
    call.responseHeader("X-GUploader-UploadID", session.id());
    return Reply.empty(200);
  }

  private static String location(HttpCall call, String bucket, String name, UploadSession session) {
    return call.baseUrl()
        + "/upload/storage/v1/b/"
        + bucket
        + "/o?uploadType=resumable&name="
        + ObjectResource.encode(name)
        + "&upload_id="
        + session.id();
  }

  private UploadSession session(HttpCall call) throws IOException {
    String id = call.query("upload_id").orElseThrow(() -> Refusals.required("upload_id"));
    UploadSession session = sessions.require(id);
    if (!session.bucket().equals(call.path("bucket"))) {
      throw GoogleError.notFound("No such upload in this bucket: " + id);
    }
    return session;
  }

  /** Sends bytes, or asks how many have arrived. */
  void send(HttpCall call) throws IOException {
    UploadSession session = session(call);
    // Without the header the request carries the whole content.
    ContentRange range =
        call.header("Content-Range").map(ContentRange::of).orElse(new ContentRange(0, -1, -1));
    Operation operation = range.isProbe() ? Operation.PROBE_UPLOAD : Operation.UPLOAD;
    Reply reply;
    synchronized (session) {
      reply = faults.around(operation, session.object(), () -> accept(call, session, range));
    }
    reply.send(call);
  }

  private Reply accept(HttpCall call, UploadSession session, ContentRange range)
      throws IOException {
    if (session.finished().isEmpty()) {
      session.announce(range.total());
      if (!range.isProbe()) {
        append(call, session, range);
      }
      if (session.isComplete()) {
        finish(call, session);
      }
    }
    // A request that comes again after the end gets the end's answer again.
    if (session.finished().isPresent()) {
      return Reply.json(ObjectResource.write(session.finished().get(), call.baseUrl()));
    }
    if (session.committed() > 0) {
      call.responseHeader("Range", "bytes=0-" + (session.committed() - 1));
    }
    return Reply.empty(308);
  }

  private void append(HttpCall call, UploadSession session, ContentRange range) throws IOException {
    if (range.first() > session.committed()) {
      throw GoogleError.invalid(
          "Invalid request. According to the Content-Range header, the upload offset is "
              + range.first()
              + " byte(s), which exceeds already uploaded size of "
              + session.committed()
              + " byte(s).");
    }
    InputStream body = call.body();
    if (faults.take(Fault.CONNECTION_RESET, Operation.UPLOAD, session.object())) {
      long length =
          call.header("Content-Length").map(text -> Numbers.parse("length", text)).orElse(0L);
      body = new BrokenStream(body, length / 2);
    }
    // What has arrived before is not taken twice.
    skip(body, session.committed() - range.first());
    session.append(body, range.last() < 0);
  }

  private static void skip(InputStream body, long bytes) throws IOException {
    long left = bytes;
    byte[] buffer = new byte[1 << 16];
    int read = 0;
    while (left > 0 && (read = body.read(buffer, 0, (int) Math.min(left, buffer.length))) >= 0) {
      left -= read;
    }
  }

  private void finish(HttpCall call, UploadSession session) throws IOException {
    Draft draft = session.draft().sentBy(call);
    try {
      session.finish(store.add(session.bucket(), draft, session.content()));
      sessions.release(session);
    } catch (GoogleError | IOException e) {
      // A content that is refused once is refused always, and one that could not be moved is lost.
      sessions.discard(session);
      throw e;
    }
  }

  /** 499 is Cloud Storage's way of saying that the cancellation worked. */
  void cancel(HttpCall call) throws IOException {
    UploadSession session = session(call);
    synchronized (session) {
      if (session.finished().isPresent()) {
        throw GoogleError.invalid("The upload is finished; delete the object instead.");
      }
      sessions.discard(session);
    }
    call.respondEmpty(499);
  }
}
