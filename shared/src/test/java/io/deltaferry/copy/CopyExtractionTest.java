package io.deltaferry.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.postgres.CatalogReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.PgQuery;
import io.deltaferry.sql.PgTable;
import io.deltaferry.sql.Window;
import io.deltaferry.table.TableSchema;
import io.deltaferry.testing.CsvRows;
import io.deltaferry.testing.Extracts;
import io.deltaferry.testing.MemoryParts;
import io.deltaferry.testing.TestPostgres;
import io.deltaferry.type.LossPolicy;
import io.deltaferry.type.MappingOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

class CopyExtractionTest {
  private static TestPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = TestPostgres.create();
  }

  @Test
  void keepsEveryTextExactly() {
    List<String> nasty =
        List.of(
            "",
            " ",
            "a,b",
            "\"",
            "\"\"",
            "\r\n",
            "\n",
            "\r",
            "\t",
            "^",
            "\\.",
            "\\N",
            "NULL",
            "\u0001\u0008\u000b\u001f\u007f",
            "😀\uFEFF\u2028",
            "x\"\n,\"y",
            "m".repeat(1 << 20),
            "😀\"\n,".repeat(200_000));
    postgres.run("CREATE TABLE texts (nr int, a text, b text)");
    try (var admin = postgres.admin();
        var insert = admin.prepareStatement("INSERT INTO texts VALUES (?, ?, NULL)")) {
      for (int i = 0; i < nasty.size(); i++) {
        insert.setInt(1, i);
        insert.setString(2, nasty.get(i));
        insert.executeUpdate();
      }
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }

    MemoryParts parts = new MemoryParts();
    CopyResult result =
        Extracts.all(postgres, PgTable.of("public", "texts"), MappingOptions.DEFAULT, parts);

    List<List<String>> rows = CsvRows.parse(parts.csv().get(0));
    assertThat(rows.get(0)).containsExactly("nr", "a", "b");
    assertThat(rows.subList(1, rows.size()))
        .extracting(row -> row.get(1))
        .containsExactlyElementsOf(nasty);
    assertThat(rows.get(1)).containsExactly("0", "", null);
    assertThat(result.rows()).isEqualTo(nasty.size());
    assertThat(result.losses()).isEmpty();
  }

  @Test
  void partsTogetherAreTheSameCopy() throws Exception {
    postgres.run(
        "CREATE TABLE wide AS SELECT n AS id, md5(n::text) AS a, md5((n+1)::text) AS b, n::float8 / 7"
            + " AS c, '2024-01-01'::timestamptz + n * interval '1 second' AS d FROM"
            + " generate_series(1, 60000) n");
    PgTable table = PgTable.of("public", "wide");
    MemoryParts parts = new MemoryParts();
    CopyResult result;
    byte[] plain;
    try (PostgresSession session = postgres.open()) {
      session.beginSnapshot(table);
      DeltaQuery query = query(session, table, Window.ALL, MappingOptions.DEFAULT);
      result =
          new CopyExtraction(
                  session, new CopySettings(500_000, 3, Duration.ofSeconds(60)), new StopSignal())
              .run(query, parts);
    }
    try (var admin = postgres.admin()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      new CopyManager(admin.unwrap(BaseConnection.class))
          .copyOut(
              "COPY (SELECT id, a, b, c, d FROM wide) TO STDOUT (FORMAT csv, HEADER true, FORCE_QUOTE (a, b))",
              bytes);
      plain = bytes.toByteArray();
    }

    assertThat(result.parts()).hasSizeGreaterThan(2);
    assertThat(result.rows()).isEqualTo(60_000);
    assertThat(result.parts().stream().mapToLong(PartReceipt::rows).sum()).isEqualTo(60_000);
    assertThat(result.high()).isEqualTo("2024-01-01 16:40:00+00");
    String header = "id,a,b,c,d\n";
    MessageDigest staged = MessageDigest.getInstance("MD5");
    long uncompressed = 0;
    for (byte[] part : parts.committed()) {
      byte[] csv = MemoryParts.decompress(part);
      uncompressed += csv.length;
      assertThat(new String(csv, 0, header.length(), StandardCharsets.UTF_8)).isEqualTo(header);
      staged.update(csv, header.length(), csv.length - header.length());
    }
    assertThat(result.uncompressedBytes()).isEqualTo(uncompressed);
    byte[] expected =
        MessageDigest.getInstance("MD5")
            .digest(Arrays.copyOfRange(plain, header.length(), plain.length));
    assertThat(HexFormat.of().formatHex(staged.digest()))
        .isEqualTo(HexFormat.of().formatHex(expected));
  }

  @Test
  void countsWhatItChangesAndRowsWithoutCursor() {
    postgres.run(
        "CREATE TABLE losing (id int, d timestamptz, day date, t time)",
        "INSERT INTO losing VALUES (1, 'infinity', '2024-01-01', '24:00'), (2, '-infinity',"
            + " '10000-01-01', '24:00'), (3, NULL, '0001-01-01 BC', NULL), (4, '2024-02-03"
            + " 04:05:06.789012+00', NULL, '00:00'), (5, NULL, NULL, NULL)");
    PgTable table = PgTable.of("public", "losing");
    MemoryParts parts = new MemoryParts();
    CopyResult result = extract(table, Window.ALL, MappingOptions.DEFAULT, parts);

    assertThat(result.losses()).isEqualTo(Map.of("d", 2L, "day", 2L, "t", 2L));
    assertThat(result.nullCursors()).isEqualTo(2);
    assertThat(result.high()).isEqualTo("2024-02-03 04:05:06.789012+00");
    assertThat(parts.csv().get(0)).startsWith("id,d,day,t\n1,").doesNotContain("_df");

    MemoryParts nulled = new MemoryParts();
    CopyResult second =
        extract(
            table,
            Window.from("2024-02-03 04:05:06.789012+00"),
            new MappingOptions(Map.of("d", LossPolicy.NULL), false, Set.of()),
            nulled);
    assertThat(nulled.csv().get(0))
        .isEqualTo(
            "id,d,day,t\n1,,2024-01-01,23:59:59.999999\n4,2024-02-03"
                + " 04:05:06.789012+00,,00:00:00\n");
    assertThat(second.losses()).isEqualTo(Map.of("d", 1L, "t", 1L));
    assertThat(second.nullCursors()).isZero();
  }

  /** As many as an increment reads again because older ones could still have come. */
  @Test
  void rowsThatWereReadBeforeAreCounted() {
    postgres.run(
        "CREATE TABLE again (id int, d timestamptz)",
        """
        INSERT INTO again SELECT n, '2024-01-01 00:00:00+00'::timestamptz + n * interval '1 hour'
        FROM generate_series(0, 9) n""");
    PgTable table = PgTable.of("public", "again");
    MemoryParts parts = new MemoryParts();
    Window window = new Window("2024-01-01 02:00:00+00", null, "2024-01-01 05:00:00+00");
    CopyResult result = extract(table, window, MappingOptions.DEFAULT, parts);
    assertThat(result.rows()).isEqualTo(8);
    assertThat(result.overlap()).isEqualTo(3);
    assertThat(parts.csv().get(0)).startsWith("id,d\n2,");
    Window unseen = Window.from("2024-01-01 02:00:00+00");
    assertThat(extract(table, unseen, MappingOptions.DEFAULT, new MemoryParts()).overlap())
        .isZero();
  }

  @Test
  void aSingleColumnNeverGivesABlankLine() {
    postgres.run("CREATE TABLE single (a text)", "INSERT INTO single VALUES (NULL), ('')");
    MemoryParts parts = new MemoryParts();
    Extracts.all(postgres, PgTable.of("public", "single"), MappingOptions.DEFAULT, parts);
    assertThat(parts.csv()).containsExactly("a,_df_row\n,1\n\"\",1\n");
  }

  @Test
  void noRowsMeansNoParts() {
    postgres.run("CREATE TABLE nothing (a int, d date)");
    MemoryParts parts = new MemoryParts();
    CopyResult result =
        extract(PgTable.of("public", "nothing"), Window.ALL, MappingOptions.DEFAULT, parts);
    assertThat(result).isEqualTo(new CopyResult(0, List.of(), 0, null, 0, 0, Map.of(), null));
    assertThat(parts.opened()).isZero();
  }

  @Test
  void readsAQueryWithAwkwardNames() {
    postgres.run(
        "CREATE SCHEMA \"My Schema\"",
        "CREATE TABLE \"My Schema\".\"My.\"\"Table\" (\"The Key\" int, \"select\" text)",
        "INSERT INTO \"My Schema\".\"My.\"\"Table\" VALUES (1, 'x')");
    MemoryParts table = new MemoryParts();
    Extracts.all(postgres, PgTable.of("My Schema", "My.\"Table"), MappingOptions.DEFAULT, table);
    MemoryParts query = new MemoryParts();
    Extracts.all(
        postgres,
        new PgQuery("SELECT * FROM \"My Schema\".\"My.\"\"Table\" -- all of it"),
        MappingOptions.DEFAULT,
        query);
    assertThat(table.csv()).containsExactly("The Key,select\n1,\"x\"\n").isEqualTo(query.csv());
  }

  private static CopyResult extract(
      PgTable table, Window window, MappingOptions options, PartSink sink) {
    try (PostgresSession session = postgres.open()) {
      session.beginSnapshot(table);
      return new CopyExtraction(session, Extracts.SETTINGS, new StopSignal())
          .run(query(session, table, window, options), sink);
    }
  }

  private static DeltaQuery query(
      PostgresSession session, PgTable table, Window window, MappingOptions options) {
    TableSchema schema = new CatalogReader(session).describe(table);
    return new DeltaQuery(
        table,
        new ArrayList<>(schema.mappings(List.of(), options)),
        Cursor.of("d", schema),
        window,
        null);
  }
}
