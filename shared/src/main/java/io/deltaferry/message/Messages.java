package io.deltaferry.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.config.NearestName;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.table.SyncMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the stages' messages, JSON objects of schema version 1. Reading is strict: every
 * method throws MESSAGE_INVALID for malformed JSON, unknown fields, wrong types and other versions.
 */
public final class Messages {
  private static final long VERSION = 1;
  private static final String SCHEMA_VERSION = "schema_version";
  private static final String TABLE = "table";
  private static final String SEQ = "seq";
  private static final String MODE = "mode";
  private static final String REQUEST_ID = "request_id";
  private static final String SLICE = "slice";
  private static final String PLAN_HASH = "plan_hash";
  private static final String MANIFEST = "manifest";
  private static final String TEMP_TABLE = "temp_table";
  private static final String OUTCOME = "outcome";
  private static final String ROWS = "rows";
  private static final String ERROR_CODE = "error_code";
  private static final String ERROR_MESSAGE = "error_message";

  private Messages() {}

  /** Reads a request; a person may leave everything but the table away. */
  public static ExtractRequest extractRequest(String json) {
    JsonFields fields = JsonFields.parse("the extract request", json);
    List<String> known = new ArrayList<>(List.of(TABLE, MODE, REQUEST_ID, SCHEMA_VERSION));
    known.addAll(RunOptionFields.ALL);
    fields.refuseOthers(known);
    if (fields.has(SCHEMA_VERSION)) {
      checkVersion(fields);
    }
    return new ExtractRequest(
        fields.text(TABLE),
        fields.optionalText(MODE).map(Messages::mode).orElse(null),
        fields.optionalText(REQUEST_ID).orElse(null),
        RunOptionFields.read(fields));
  }

  /** Whether the text asks for a slice, and not for a table: both come to the extractor. */
  public static boolean isSliceRequest(String json) {
    return JsonFields.parse("the extract request", json).has(SLICE);
  }

  /** Reads a request for one slice. */
  public static SliceRequest sliceRequest(String json) {
    JsonFields fields = JsonFields.parse("the slice request", json);
    fields.refuseOthers(List.of(SCHEMA_VERSION, TABLE, SEQ, SLICE, PLAN_HASH));
    checkVersion(fields);
    return new SliceRequest(
        fields.text(TABLE), fields.number(SEQ, 1), fields.text(SLICE), fields.text(PLAN_HASH));
  }

  /** Reads what the loader tells the merger. */
  public static LoadedDelta loadedDelta(String json) {
    JsonFields fields = JsonFields.parse("the loaded delta", json);
    fields.refuseOthers(List.of(SCHEMA_VERSION, TABLE, SEQ, MANIFEST, TEMP_TABLE));
    checkVersion(fields);
    return new LoadedDelta(
        fields.text(TABLE), fields.number(SEQ, 1), fields.text(MANIFEST), fields.text(TEMP_TABLE));
  }

  /** Reads the news of a run's end. */
  public static SyncCompleted syncCompleted(String json) {
    JsonFields fields = JsonFields.parse("the sync completion", json);
    fields.refuseOthers(
        List.of(SCHEMA_VERSION, TABLE, SEQ, OUTCOME, ROWS, REQUEST_ID, ERROR_CODE, ERROR_MESSAGE));
    checkVersion(fields);
    return new SyncCompleted(
        fields.text(TABLE),
        fields.number(SEQ, 1),
        outcome(fields.text(OUTCOME)),
        fields.number(ROWS, 0),
        fields.text(REQUEST_ID),
        fields.optionalText(ERROR_CODE).map(Messages::errorCode).orElse(null),
        fields.optionalText(ERROR_MESSAGE).orElse(null));
  }

  public static OutgoingMessage encode(ExtractRequest request) {
    ObjectNode json = versioned();
    json.put(TABLE, request.table());
    SyncMode mode = request.mode();
    putIfPresent(json, MODE, mode == null ? null : mode.word());
    putIfPresent(json, REQUEST_ID, request.requestId());
    RunOptionFields.write(request.options(), json);
    return outgoing(json, Map.of(TABLE, request.table()));
  }

  public static OutgoingMessage encode(SliceRequest request) {
    ObjectNode json = versioned();
    json.put(TABLE, request.table()).put(SEQ, request.seq());
    json.put(SLICE, request.slice()).put(PLAN_HASH, request.planHash());
    return outgoing(json, attributes(request.table(), request.seq()));
  }

  /** In the form of the bucket's own notification, which fires only once per object. */
  public static OutgoingMessage encode(StagedDelta delta) {
    return StorageNotification.write(delta);
  }

  public static OutgoingMessage encode(LoadedDelta delta) {
    ObjectNode json = versioned();
    json.put(TABLE, delta.table()).put(SEQ, delta.seq());
    json.put(MANIFEST, delta.manifest()).put(TEMP_TABLE, delta.tempTable());
    return outgoing(json, attributes(delta.table(), delta.seq()));
  }

  public static OutgoingMessage encode(SyncCompleted completed) {
    ObjectNode json = versioned();
    json.put(TABLE, completed.table()).put(SEQ, completed.seq());
    json.put(OUTCOME, completed.outcome().word()).put(ROWS, completed.rows());
    json.put(REQUEST_ID, completed.requestId());
    ErrorCode code = completed.errorCode();
    putIfPresent(json, ERROR_CODE, code == null ? null : code.name());
    putIfPresent(json, ERROR_MESSAGE, completed.errorMessage());
    Map<String, String> attributes =
        new LinkedHashMap<>(attributes(completed.table(), completed.seq()));
    attributes.put(OUTCOME, completed.outcome().word());
    return outgoing(json, attributes);
  }

  private static ObjectNode versioned() {
    return JsonFields.JSON.createObjectNode().put(SCHEMA_VERSION, VERSION);
  }

  private static void putIfPresent(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static Map<String, String> attributes(String table, long seq) {
    return Map.of(TABLE, table, SEQ, Long.toString(seq));
  }

  private static OutgoingMessage outgoing(ObjectNode json, Map<String, String> attributes) {
    Map<String, String> all = new LinkedHashMap<>(attributes);
    all.put(SCHEMA_VERSION, Long.toString(VERSION));
    return new OutgoingMessage(json.toString(), all);
  }

  private static void checkVersion(JsonFields fields) {
    long version = fields.number(SCHEMA_VERSION, 0);
    if (version != VERSION) {
      throw JsonFields.invalid(
          "the message has schema_version %d, this build reads %d; deploy all services from one build"
              .formatted(version, VERSION));
    }
  }

  private static SyncMode mode(String word) {
    List<String> known = SyncMode.words();
    return SyncMode.of(word)
        .orElseThrow(
            () ->
                JsonFields.invalid(
                    "unknown mode '%s'%s"
                        .formatted(
                            word,
                            NearestName.of(word, known)
                                .map(", did you mean '%s'?"::formatted)
                                .orElse("; known are " + String.join(", ", known)))));
  }

  private static SyncOutcome outcome(String word) {
    return SyncOutcome.of(word)
        .orElseThrow(() -> JsonFields.invalid("unknown outcome '%s'".formatted(word)));
  }

  private static ErrorCode errorCode(String name) {
    return Arrays.stream(ErrorCode.values())
        .filter(code -> code.name().equals(name))
        .findFirst()
        .orElseThrow(() -> JsonFields.invalid("unknown error_code '%s'".formatted(name)));
  }
}
