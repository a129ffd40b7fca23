package io.deltaferry.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.table.SyncMode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {
  @Test
  void aPersonNeedsToNameOnlyTheTable() {
    assertThat(Messages.extractRequest("{\"table\":\"orders\"}"))
        .isEqualTo(new ExtractRequest("orders", null, null));
  }

  @Test
  void writesAndReadsRequests() {
    ExtractRequest request = new ExtractRequest("orders", SyncMode.INCREMENTAL, "cron-1");

    OutgoingMessage message = Messages.encode(request);

    assertThat(message.json())
        .isEqualTo(
            "{\"schema_version\":1,\"table\":\"orders\",\"mode\":\"incremental\","
                + "\"request_id\":\"cron-1\"}");
    assertThat(message.attributes()).isEqualTo(Map.of("table", "orders", "schema_version", "1"));
    assertThat(Messages.extractRequest(message.json())).isEqualTo(request);
    ExtractRequest bare = new ExtractRequest("orders", null, null);
    assertThat(Messages.extractRequest(Messages.encode(bare).json())).isEqualTo(bare);
  }

  @Test
  void writesAndReadsRequestsForASlice() {
    SliceRequest request = new SliceRequest("orders", 7, "3.1", "0123456789ab");

    OutgoingMessage message = Messages.encode(request);

    assertThat(message.json())
        .isEqualTo(
            "{\"schema_version\":1,\"table\":\"orders\",\"seq\":7,\"slice\":\"3.1\","
                + "\"plan_hash\":\"0123456789ab\"}");
    assertThat(message.attributes())
        .isEqualTo(Map.of("table", "orders", "seq", "7", "schema_version", "1"));
    assertThat(Messages.isSliceRequest(message.json())).isTrue();
    assertThat(Messages.isSliceRequest("{\"table\":\"orders\"}")).isFalse();
    assertThat(Messages.sliceRequest(message.json())).isEqualTo(request);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"table\":\"a\",\"seq\":1,\"slice\":\"0\",\"plan_hash\":\"h\"} | has no 'schema_version'",
        "{\"schema_version\":1,\"table\":\"a\",\"seq\":1,\"slice\":\"0\"} | has no 'plan_hash'",
        "{\"schema_version\":1,\"table\":\"a\",\"seq\":1,\"slice\":0} | 'slice' must be text",
        "{\"schema_version\":1,\"table\":\"a\",\"seq\":1,\"slice\":\"0\",\"mode\":1} | unknown field 'mode'"
      })
  void refusesBadSliceRequests(String json, String expected) {
    DeltaferryException error =
        catchThrowableOfType(DeltaferryException.class, () -> Messages.sliceRequest(json));

    assertThat(error.code()).isEqualTo(ErrorCode.MESSAGE_INVALID);
    assertThat(error.getMessage()).contains(expected);
  }

  @Test
  void writesAndReadsLoadedDeltas() {
    LoadedDelta delta = new LoadedDelta("orders", 7, "manifests/orders/7.json", "orders__7");

    OutgoingMessage message = Messages.encode(delta);

    assertThat(message.json())
        .isEqualTo(
            "{\"schema_version\":1,\"table\":\"orders\",\"seq\":7,"
                + "\"manifest\":\"manifests/orders/7.json\",\"temp_table\":\"orders__7\"}");
    assertThat(message.attributes())
        .isEqualTo(Map.of("table", "orders", "seq", "7", "schema_version", "1"));
    assertThat(Messages.loadedDelta(message.json())).isEqualTo(delta);
  }

  @Test
  void writesAndReadsCompletions() {
    SyncCompleted done =
        new SyncCompleted("orders", 7, SyncOutcome.COMPLETED, 12, "cron-1", null, null);
    SyncCompleted failed =
        new SyncCompleted(
            "orders", 8, SyncOutcome.FAILED, 0, "9", ErrorCode.KEY_MISSING, "no key: ü \"x\"");

    assertThat(Messages.encode(done).json())
        .isEqualTo(
            "{\"schema_version\":1,\"table\":\"orders\",\"seq\":7,\"outcome\":\"completed\","
                + "\"rows\":12,\"request_id\":\"cron-1\"}");
    assertThat(Messages.encode(done).attributes()).containsEntry("outcome", "completed");
    assertThat(Messages.syncCompleted(Messages.encode(done).json())).isEqualTo(done);
    assertThat(Messages.syncCompleted(Messages.encode(failed).json())).isEqualTo(failed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "                              | the extract request must be a JSON object",
        "{                             | the extract request is malformed JSON at line 1, column 2",
        "{\"table\":\"a\"} x           | the extract request is malformed JSON at line 1",
        "{\"table\":\"a\",\"table\":\"b\"} | the extract request is malformed JSON at line 1",
        "[\"orders\"]                  | the extract request must be a JSON object",
        "{}                            | the extract request has no 'table'",
        "{\"table\":null}              | the extract request has no 'table'",
        "{\"tabel\":\"orders\"}        | unknown field 'tabel', did you mean 'table'?",
        "{\"table\":\"a\",\"zzz\":1}   | unknown field 'zzz'; known are table, mode, request_id, schema_version, from, to, last, execution_date, rows, order, after, stop, max_deletes",
        "{\"table\":5}                 | the extract request's 'table' must be text",
        "{\"table\":\" \"}             | the extract request's 'table' must be text",
        "{\"table\":\"a\",\"mode\":[]} | the extract request's 'mode' must be text",
        "{\"table\":\"a\",\"mode\":\"log_based\"} | unknown mode 'log_based'; known are incremental, append, replace, window, reconcile, test, backfill, change_log",
        "{\"table\":\"a\",\"from\":\"2026-01-01\",\"last\":\"1d\"} | a window has 'from' and 'to', or 'last'; not both",
        "{\"table\":\"a\",\"execution_date\":\"2026-01-01T00:00:00Z\"} | 'execution_date' is where the window of 'last' ends",
        "{\"table\":\"a\",\"last\":\"0s\"} | 'last' must be longer than nothing",
        "{\"table\":\"a\",\"max_deletes\":\"most\"} | 'max_deletes' is neither a share of the rows from 0% to 100% nor a number of rows",
        "{\"table\":\"a\",\"last\":\"soon\"} | 'last' is not a duration",
        "{\"table\":\"a\",\"mode\":\"incremetal\"} | unknown mode 'incremetal', did you mean 'incremental'?",
        "{\"table\":\"a\",\"schema_version\":2} | the message has schema_version 2, this build reads 1",
        "{\"table\":\"a\",\"schema_version\":\"1\"} | 'schema_version' must be a whole number"
      })
  void refusesBadRequestsByName(String json, String expected) {
    DeltaferryException error =
        catchThrowableOfType(
            DeltaferryException.class, () -> Messages.extractRequest(json == null ? "" : json));

    assertThat(error.code()).isEqualTo(ErrorCode.MESSAGE_INVALID);
    assertThat(error.getMessage()).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"table\":\"a\",\"seq\":1,\"manifest\":\"m\",\"temp_table\":\"t\"} | has no 'schema_version'",
        "{\"schema_version\":1,\"table\":\"a\",\"seq\":0,\"manifest\":\"m\",\"temp_table\":\"t\"} | 'seq' must be a whole number from 1 on",
        "{\"schema_version\":1,\"table\":\"a\",\"seq\":1.5,\"manifest\":\"m\",\"temp_table\":\"t\"} | 'seq' must be a whole number from 1 on",
        "{\"schema_version\":1,\"table\":\"a\",\"seq\":99999999999999999999,\"manifest\":\"m\",\"temp_table\":\"t\"} | 'seq' must be a whole number",
        "{\"schema_version\":1,\"table\":\"a\",\"seq\":1,\"manifest\":\"m\"} | has no 'temp_table'"
      })
  void refusesBadLoadedDeltas(String json, String expected) {
    DeltaferryException error =
        catchThrowableOfType(DeltaferryException.class, () -> Messages.loadedDelta(json));

    assertThat(error.code()).isEqualTo(ErrorCode.MESSAGE_INVALID);
    assertThat(error.getMessage()).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"done\"      | null      | unknown outcome 'done'",
        "\"failed\"    | \"OOPS\"  | unknown error_code 'OOPS'"
      })
  void refusesBadCompletions(String outcome, String code, String expected) {
    String json =
        "{\"schema_version\":1,\"table\":\"a\",\"seq\":1,\"outcome\":%s,\"rows\":0,\"request_id\":\"r\",\"error_code\":%s}"
            .formatted(outcome, code);

    DeltaferryException error =
        catchThrowableOfType(DeltaferryException.class, () -> Messages.syncCompleted(json));

    assertThat(error.getMessage()).contains(expected);
  }
}
