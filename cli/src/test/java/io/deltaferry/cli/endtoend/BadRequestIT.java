package io.deltaferry.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.cli.local.LocalStack;
import io.deltaferry.cli.local.StackPorts;
import io.deltaferry.cli.local.StackTables;
import io.deltaferry.error.DeltaferryException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that cannot be understood are refused once, with their reason, and loop nowhere. */
@ExtendWith(BadInputWorld.class)
class BadRequestIT {
  private final World world;

  BadRequestIT(World world) {
    this.world = world;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      textBlock =
          """
          {"table":"nowhere-a"} # TABLE_UNKNOWN # nowhere-a
          {"table":"god"} # TABLE_UNKNOWN # good
          {"table":"b", # MESSAGE_INVALID # malformed JSON at line 1
          not JSON at all # MESSAGE_INVALID # malformed JSON
          ["good"] # MESSAGE_INVALID # JSON object
          {"table":"good","schema_version":7} # MESSAGE_INVALID # schema_version 7, this build reads 1
          {"table":"good","tabel":"x"} # MESSAGE_INVALID # tabel
          {"table":"good","mode":"incremantal"} # MESSAGE_INVALID # incremental
          {"table":"good","mode":"change_log"} # CHANGE_LOG_INVALID # tables.good has no change_log
          {"table":["good"]} # MESSAGE_INVALID # table
          {"mode":"incremental"} # MESSAGE_INVALID # table
          {"table":"good","request_id":"../../control"} # MESSAGE_INVALID # request_id must be
          """)
  void isRefusedOnceWithItsReason(String text, String code, String words) {
    world.stack().publishRequest(text);
    DeadLetter letter = world.stack().deadLetter(text);
    assertThat(letter.stage()).isEqualTo("extractor");
    assertThat(letter.code()).isEqualTo(code);
    assertThat(letter.message()).contains(words);
  }

  @Test
  void theLaterStagesRefuseWhatTheyDoNotUnderstandToo() {
    world.stack().publish("loaded-deltas", "{\"table\":\"good\",\"seq\":1,\"c\":1}");
    DeadLetter merger = world.stack().deadLetter("\"c\":1");
    assertThat(merger.stage()).isEqualTo("merger");
    assertThat(merger.code()).isEqualTo("MESSAGE_INVALID");

    world.stack().publish("staged-deltas", "{\"d\":1}");
    DeadLetter loader = world.stack().deadLetter("\"d\":1");
    assertThat(loader.stage()).isEqualTo("loader");
    assertThat(loader.code()).isEqualTo("MESSAGE_INVALID");
  }

  @Test
  void aTableWithoutCursorIsAProblemOfTheFile(@TempDir Path directory) {
    Path file =
        RunningStack.tableFile(directory, "t: {source: public.t, cursor: null, target: t}\n");
    assertThatThrownBy(
            () ->
                LocalStack.start(
                    directory,
                    StackPorts.free(),
                    StackTables.of(file, World.url(world.postgres()), Map.of())))
        .isInstanceOf(DeltaferryException.class)
        .hasMessageContaining("cursor");
  }
}
