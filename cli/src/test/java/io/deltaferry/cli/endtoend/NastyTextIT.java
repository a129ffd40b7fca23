package io.deltaferry.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Texts that look like something else to one of the formats on the way, as values and as keys. */
class NastyTextIT {
  private static final long SEED = 20_261_120;
  private static final int RANDOM_TEXTS = 3_000;
  private static final int MEGABYTE = 1 << 20;

  private static final List<String> PIECES =
      List.of(
          "\"",
          "\"\"",
          "'",
          "^",
          ",",
          ";",
          "|",
          "\r",
          "\n",
          "\r\n",
          "\t",
          "\\",
          "\\N",
          "\\.",
          "\\n",
          " ",
          "  ",
          "\u00a0",
          "\u0001",
          "\u0008",
          "\u000b",
          "\u000c",
          "\u001a",
          "\u001f",
          "\u007f",
          "\u0085",
          "\u2028",
          "\u2029",
          "\ufeff",
          "\ufffd",
          "\uffff",
          "é",
          "e\u0301",
          "ß",
          "İ",
          "😀",
          "👩\u200d👩\u200d👧",
          "🇩🇪",
          "\u202e",
          "漢",
          "NULL",
          "null",
          "a",
          "0",
          "-",
          "{",
          "}",
          "`",
          "--",
          "/*",
          "${x}",
          "@x",
          "?",
          "%");

  private static final ValueStack STACK = ValueStack.shared();

  @Test
  void textsSurviveAsValues() throws SQLException, JsonProcessingException {
    List<@Nullable String> texts = new ArrayList<>(fixed());
    texts.addAll(random());
    texts.add(null);
    texts.add("x".repeat(MEGABYTE));
    texts.add("\"\r\n,😀".repeat(MEGABYTE / 8));
    insertValues(texts);

    AllTypesIT.assertDone(STACK.sync("nasty"));

    List<List<@Nullable String>> rows =
        STACK.query("SELECT id, t, b, j, a FROM landed.nasty ORDER BY id");
    assertThat(rows).hasSameSizeAs(texts);
    JsonMapper json = JsonMapper.builder().build();
    for (int i = 0; i < texts.size(); i++) {
      List<@Nullable String> row = rows.get(i);
      String text = texts.get(i);
      String where = "row " + i + " of seed " + SEED;
      assertThat(row.get(0)).isEqualTo(Integer.toString(i));
      // Not isEqualTo on texts, whose message could be megabytes.
      assertThat(java.util.Objects.equals(row.get(1), text)).as(where).isTrue();
      if (text == null) {
        assertThat(row.subList(2, 5)).containsOnlyNulls();
      } else {
        String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        assertThat(base64.equals(row.get(2))).as(where).isTrue();
        assertThat(text.equals(json.readTree(row.get(3)).textValue())).as(where).isTrue();
        assertThat(text.equals(json.readTree(row.get(4)).get(0).textValue())).as(where).isTrue();
      }
    }
  }

  @Test
  void textsSurviveAsKeys() throws SQLException {
    Set<String> keys = new LinkedHashSet<>(fixed());
    keys.addAll(random());
    insertKeys(keys);
    AllTypesIT.assertDone(STACK.sync("nasty_keys"));
    assertKeys(keys, "first");

    STACK.postgres().run("UPDATE nasty_keys SET v = 'second', changed = clock_timestamp()");
    AllTypesIT.assertDone(STACK.sync("nasty_keys"));
    assertKeys(keys, "second");
  }

  private static void assertKeys(Set<String> keys, String value) {
    Map<@Nullable String, @Nullable String> found = new HashMap<>();
    List<List<@Nullable String>> rows = STACK.query("SELECT k, v FROM landed.nasty_keys");
    rows.forEach(row -> found.put(row.get(0), row.get(1)));
    Map<@Nullable String, @Nullable String> expected = new HashMap<>();
    keys.forEach(key -> expected.put(key, value));
    assertThat(rows).hasSameSizeAs(keys);
    assertThat(found).as("seed " + SEED).isEqualTo(expected);
  }

  private static void insertValues(List<@Nullable String> texts) throws SQLException {
    STACK
        .postgres()
        .run(
            "CREATE TABLE nasty (id int PRIMARY KEY, t text, b bytea, j jsonb, a text[],"
                + " changed timestamptz NOT NULL DEFAULT clock_timestamp())");
    try (Connection admin = STACK.postgres().admin();
        PreparedStatement insert =
            admin.prepareStatement(
                "INSERT INTO nasty SELECT i, t, convert_to(t, 'UTF8'), to_jsonb(t),"
                    + " CASE WHEN t IS NOT NULL THEN ARRAY[t, NULL] END"
                    + " FROM (SELECT ?::int AS i, ?::text AS t) x")) {
      for (int i = 0; i < texts.size(); i++) {
        insert.setInt(1, i);
        insert.setString(2, texts.get(i));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void insertKeys(Set<String> keys) throws SQLException {
    STACK
        .postgres()
        .run(
            "CREATE TABLE nasty_keys (k text PRIMARY KEY, v text,"
                + " changed timestamptz NOT NULL DEFAULT clock_timestamp())");
    try (Connection admin = STACK.postgres().admin();
        PreparedStatement insert =
            admin.prepareStatement("INSERT INTO nasty_keys VALUES (?, 'first')")) {
      for (String key : keys) {
        insert.setString(1, key);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Each piece alone, before, behind and between, and every control character. */
  private static List<String> fixed() {
    Set<String> texts = new LinkedHashSet<>(List.of("", " ", "\\", "\"\"\"", "x\\\"", "\r\n\r\n"));
    for (String piece : PIECES) {
      texts.addAll(List.of(piece, piece + "x", "x" + piece, "x" + piece + "x", piece + piece));
    }
    for (char control = 1; control < ' '; control++) {
      texts.add("c" + control + "d");
    }
    return List.copyOf(texts);
  }

  private static List<String> random() {
    Random random = new Random(SEED);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < RANDOM_TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(
            random.nextInt(4) == 0 ? anything(random) : PIECES.get(random.nextInt(PIECES.size())));
      }
      texts.add(text.toString());
    }
    return texts;
  }

  /** Any character but the two that no UTF-8 database holds: zero and half a surrogate pair. */
  private static String anything(Random random) {
    int point = 1 + random.nextInt(Character.MAX_CODE_POINT);
    boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    return surrogate ? "?" : Character.toString(point);
  }
}
