package io.deltaferry.cli.deadletter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.cli.query.DisplayWidth;
import io.deltaferry.cli.query.TextTable;
import io.deltaferry.cli.query.VisibleText;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How dead letters are shown. */
public final class DeadLetterReport {
  private static final List<String> HEADS =
      List.of("id", "when", "table", "run", "stage", "code", "attempts", "reason");
  private static final List<Boolean> RIGHT =
      List.of(false, false, false, true, false, false, true, false);
  private static final int REASON = 60;
  private static final String NOTHING = "-";

  private DeadLetterReport() {}

  /** A line for each, its reason cut. */
  public static List<String> table(List<DeadLetter> letters) {
    TextTable text = new TextTable(HEADS, RIGHT);
    for (DeadLetter letter : letters) {
      List<String> cells = cells(letter);
      cells.set(cells.size() - 1, DisplayWidth.cut(VisibleText.of(letter.reason()), REASON));
      text.add(cells);
    }
    return text.lines();
  }

  /** One letter with everything it holds, and what a replay would do. */
  public static List<String> everything(DeadLetter letter, Replay replay) {
    List<String> lines = new ArrayList<>();
    List<String> cells = cells(letter);
    for (int i = 0; i < cells.size(); i++) {
      lines.add(line(HEADS.get(i), cells.get(i)));
    }
    lines.add(line("replay", VisibleText.of(replay.what())));
    new TreeMap<>(letter.message().getAttributesMap())
        .forEach((name, value) -> lines.add(line("attribute", VisibleText.of(name + "=" + value))));
    lines.add("");
    Payload.of(letter.message()).toPrettyString().lines().map(VisibleText::of).forEach(lines::add);
    return lines;
  }

  /** One JSON object in one line; times are ISO 8601 in UTC. */
  public static String json(DeadLetter letter) {
    return node(letter).toString();
  }

  /** The same with everything the letter holds. */
  public static String jsonOfEverything(DeadLetter letter, Replay replay) {
    ObjectNode node = node(letter);
    node.put("replay", replay.what());
    ObjectNode attributes = node.putObject("attributes");
    new TreeMap<>(letter.message().getAttributesMap()).forEach(attributes::put);
    node.set("message", Payload.of(letter.message()));
    return node.toString();
  }

  /** What was done with a letter, in one line. */
  public static String done(DeadLetter letter, String what) {
    return letter.id()
        + (letter.table() == null ? "" : " " + VisibleText.of(letter.table()))
        + ": "
        + VisibleText.of(what);
  }

  /** What a replay has done, as a JSON object: the request it made, where it made one. */
  public static String json(DeadLetter letter, Replay replay) {
    ObjectNode node = done(letter);
    boolean refused = replay instanceof Replay.Refused;
    node.put("state", refused ? "refused" : "replayed");
    Replay.Publish publish = replay instanceof Replay.Publish some ? some : null;
    node.put("published_to", publish == null ? null : publish.service());
    node.put("request_id", publish == null ? null : publish.requestId());
    node.put("what", replay.what());
    return node.toString();
  }

  /** The same of a letter that was taken out. */
  public static String jsonOfDropped(DeadLetter letter) {
    return done(letter).put("state", "dropped").toString();
  }

  private static ObjectNode done(DeadLetter letter) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", letter.id())
        .put("table", letter.table());
  }

  private static ObjectNode node(DeadLetter letter) {
    return done(letter)
        .put("when", letter.when().toString())
        .put("run", letter.run())
        .put("stage", letter.stage())
        .put("error_code", letter.code())
        .put("attempts", letter.attempts())
        .put("error", letter.reason());
  }

  private static List<String> cells(DeadLetter letter) {
    return new ArrayList<>(
        List.of(
            letter.id(),
            letter.when().truncatedTo(ChronoUnit.SECONDS).toString(),
            text(letter.table()),
            text(letter.run()),
            text(letter.stage()),
            text(letter.code()),
            text(letter.attempts()),
            VisibleText.of(letter.reason())));
  }

  private static String text(@Nullable Object cell) {
    return cell == null ? NOTHING : VisibleText.of(cell.toString());
  }

  private static String line(String name, String value) {
    return String.format(Locale.ROOT, "%-10s %s", name, value);
  }
}
