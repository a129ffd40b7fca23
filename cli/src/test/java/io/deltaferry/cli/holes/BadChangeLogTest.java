package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.RunOptions;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.table.SyncMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs that do not fit their tables: nothing is written, and the end says why. */
@Timeout(180)
class BadChangeLogTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{table: public.no_log, key: object_id, action: action} # SOURCE_MISSING # no table or view \"public\".\"no_log\"",
        "{table: public.%s_log, id: nr, key: object_id, action: what, time: when} # COLUMN_MISSING # \"nr\" of public.%s_log, \"what\" of public.%s_log, \"when\" of public.%s_log; the log has id, object_id",
        "{table: public.%s_log, key: key_id, action: action} # COLUMN_MISSING # \"key_id\" of public.%s_log",
        "{table: public.%s_log, key: object_id, action: action, content_type: {column: kind, value: 1}} # COLUMN_MISSING # \"kind\" of",
        "{table: public.%s_log, key: object_id, action: action, changed_fields: fields, watch: [x]} # COLUMN_MISSING # \"x\" of the source, in 'watch'",
        "{table: public.%s_log, id: at, key: object_id, action: action} # CURSOR_INVALID # \"at\" has type timestamp with time zone; entries are numbered by an int2, int4 or int8",
        "{table: public.%s_log, key: at, action: action} # CHANGE_LOG_INVALID # \"at\" of type timestamp with time zone cannot become the key \"id\" of type integer",
        "{table: public.%s_log, key: [object_id, id], action: action} # CHANGE_LOG_INVALID # the log has 2 columns for the key (id), which has 1",
        "{table: public.%s_log, key: object_id, action: action, time: action} # CHANGE_LOG_INVALID # \"action\" has type text; it has to be a timestamptz or a timestamp",
      })
  void whatIsNoLogOfTheTable(String log, ErrorCode code, String words) {
    Line line = Logged.told(log.replace("%s", "%1$s"));
    Logged.write(line, "first", 1);
    assertRefused(line, code, words.replace("%s", line.table));
    assertThat(line.isStaged(1)).isFalse();
  }

  /** An entry of which nobody knows which row it is about is not passed over, nor shown. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      nullValues = "NULL",
      value = {"NULL", "'twelve secrets'", "'99999999999'", "'1.5'", "''"})
  void anEntryWithoutAUsableKey(@org.jspecify.annotations.Nullable String key) {
    Line line = Logged.settled(Logged.line(), 3);
    Logged.write(line, "second", 1);
    Logged.run(
        line,
        "INSERT INTO public.%s_log (object_id, action) VALUES ("
            + (key == null ? "NULL" : "'" + key + "'")
            + ", 'UPDATE')");
    DeltaferryException failure =
        assertRefused(line, ErrorCode.CHANGE_LOG_INVALID, "1 entries of the log");
    assertThat(failure).hasMessageNotContaining("twelve secrets");
    assertThat(line.differences()).containsExactly("1");
    line.sync(SyncMode.REPLACE, RunOptions.NONE);
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    Logged.run(
        line,
        "DELETE FROM public.%s_log WHERE action = 'UPDATE' AND id = (SELECT max(id) FROM public.%1$s_log)"
            .replace("%s", "%1$s"));
    Logged.write(line, "third", 2);
    line.sync();
    assertThat(line.differencesOfAlive()).isEmpty();
  }

  /** It came after the plan: the COPY itself refuses it. */
  @Test
  void anEntryWithoutAKeyThatComesAfterThePlan() {
    Line line = Logged.settled(Logged.line(), 3);
    Logged.write(line, "second", 1);
    line.request();
    DeltaferryException failure =
        catchThrowableOfType(
            DeltaferryException.class,
            () ->
                line.deliver(
                    line.instance()
                        .store(
                            Moment.afterObject(
                                "plan.json",
                                () ->
                                    Logged.run(
                                        line,
                                        "INSERT INTO public.%s_log (object_id, action) VALUES ('?', 'x')")))));
    assertThat(failure).isNotNull().hasMessageContaining("column \"id\" has 1");
    assertThat(failure.code()).isEqualTo(ErrorCode.VALUE_REFUSED);
  }

  @Test
  void aTableWithoutAKey() {
    Bench bench = Bench.shared();
    String name = bench.newName();
    bench.postgres.run("CREATE TABLE public.%s (id int, v text, w text)".formatted(name));
    Logged.withLog(bench, name, "id");
    Line line = Logged.over(name, "{table: public.%s_log, key: object_id, action: action}");
    assertRefused(line, ErrorCode.KEY_MISSING, "has no key");
  }

  @Test
  void aSourceWithMarksOfItsOwn() {
    Line line = Logged.line();
    Logged.run(line, "ALTER TABLE public.%s ADD COLUMN _deleted bool");
    assertRefused(line, ErrorCode.NAME_INVALID, "a column of its own");
  }

  @Test
  void aLogThatTheTableFileDoesNotName() {
    Line line = Bench.shared().line();
    line.request(SyncMode.CHANGE_LOG, RunOptions.NONE);
    DeltaferryException failure =
        catchThrowableOfType(DeltaferryException.class, () -> line.deliver(line.instance()));
    assertThat(failure.code()).isEqualTo(ErrorCode.CHANGE_LOG_INVALID);
    assertThat(failure).hasMessageContaining("has no change_log");
  }

  private static DeltaferryException assertRefused(Line line, ErrorCode code, String words) {
    DeltaferryException failure = catchThrowableOfType(DeltaferryException.class, line::sync);
    assertThat(failure).isNotNull().hasMessageContaining(words);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.FAILED);
    assertThat(line.end().errorCode()).isEqualTo(code);
    return failure;
  }
}
