package io.deltaferry.cli.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.OutgoingMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterReportTest {
  private static final String LONG = "tables.orders has no key: " + "x".repeat(100);
  private static final DeadLetter REFUSED =
      letter(
          "KEY_MISSING",
          LONG,
          "{\"message\":{\"data\":\""
              + Base64.getEncoder()
                  .encodeToString("{\"table\":\"orders\"}".getBytes(StandardCharsets.UTF_8))
              + "\",\"messageId\":\"5\"}}");
  private static final DeadLetter FOREIGN =
      new DeadLetter(
          "78",
          Instant.parse("2026-11-20T12:00:00Z"),
          null,
          null,
          null,
          null,
          null,
          "clear\u001b[2J",
          new Content.Unreadable("why"),
          PubsubMessage.newBuilder().setData(ByteString.copyFromUtf8("a\u009b2J")).build());

  @Test
  void aListHasALineForEach() {
    assertThat(DeadLetterReport.table(List.of(REFUSED, FOREIGN)))
        .containsExactly(
            "id  when                  table   run  stage      code         attempts  reason",
            "──  ────────────────────  ──────  ───  ─────────  ───────────  ────────  "
                + "─".repeat(60),
            "77  2026-11-20T12:00:00Z  orders    7  extractor  KEY_MISSING         3  "
                + LONG.substring(0, 59)
                + "…",
            "78  2026-11-20T12:00:00Z  -         -  -          -                   -  "
                + "clear\\u001b[2J");
  }

  @Test
  void oneLetterIsShownWithAllOfIt() {
    assertThat(DeadLetterReport.everything(REFUSED, new Replay.Done("nothing to do")))
        .contains(
            "id         77",
            "reason     " + LONG,
            "replay     nothing to do",
            "attribute  stage=extractor")
        .endsWith(
            "",
            "{",
            "  \"message\" : {",
            "    \"data\" : {",
            "      \"table\" : \"orders\"",
            "    },",
            "    \"messageId\" : \"5\"",
            "  }",
            "}");
  }

  /** Others may publish anything, and a terminal obeys more than Escape. */
  @Test
  void noLetterSteersTheTerminal() {
    assertThat(DeadLetterReport.everything(FOREIGN, new Replay.Refused("x")))
        .noneMatch(line -> line.chars().anyMatch(Character::isISOControl))
        .contains("\"a\\u009b2J\"");
  }

  @Test
  void jsonHasEverythingUncut() {
    assertThat(DeadLetterReport.json(REFUSED))
        .isEqualTo(
            "{\"id\":\"77\",\"table\":\"orders\",\"when\":\"2026-11-20T12:00:00Z\",\"run\":7,"
                + "\"stage\":\"extractor\",\"error_code\":\"KEY_MISSING\",\"attempts\":3,"
                + "\"error\":\""
                + LONG
                + "\"}");
    assertThat(DeadLetterReport.jsonOfEverything(REFUSED, new Replay.Done("done")))
        .startsWith(DeadLetterReport.json(REFUSED).replace("\"}", "\",\"replay\":\"done\""))
        .endsWith(
            "\"attributes\":{\"stage\":\"extractor\"},"
                + "\"message\":{\"message\":{\"data\":{\"table\":\"orders\"},\"messageId\":\"5\"}}}");
  }

  @Test
  void whatWasDoneIsTold() {
    Replay publish =
        new Replay.Publish(
            "extractor", "orders", "r-replay-77", new OutgoingMessage("{}", Map.of()), "asked");
    assertThat(DeadLetterReport.done(REFUSED, publish.what())).isEqualTo("77 orders: asked");
    assertThat(DeadLetterReport.done(FOREIGN, "dropped")).isEqualTo("78: dropped");
    assertThat(DeadLetterReport.json(REFUSED, publish))
        .isEqualTo(
            "{\"id\":\"77\",\"table\":\"orders\",\"state\":\"replayed\","
                + "\"published_to\":\"extractor\",\"request_id\":\"r-replay-77\",\"what\":\"asked\"}");
    assertThat(DeadLetterReport.json(FOREIGN, new Replay.Refused("no")))
        .isEqualTo(
            "{\"id\":\"78\",\"table\":null,\"state\":\"refused\",\"published_to\":null,"
                + "\"request_id\":null,\"what\":\"no\"}");
    assertThat(DeadLetterReport.jsonOfDropped(REFUSED))
        .isEqualTo("{\"id\":\"77\",\"table\":\"orders\",\"state\":\"dropped\"}");
  }

  private static DeadLetter letter(String code, String reason, String data) {
    return new DeadLetter(
        "77",
        Instant.parse("2026-11-20T12:00:00Z"),
        "orders",
        7L,
        "extractor",
        code,
        3L,
        reason,
        new Content.Request(new ExtractRequest("orders", null, null), "message-5"),
        PubsubMessage.newBuilder()
            .setData(ByteString.copyFromUtf8(data))
            .putAttributes("stage", "extractor")
            .build());
  }
}
