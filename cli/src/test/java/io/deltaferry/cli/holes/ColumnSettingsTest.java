package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.hash.Hashing;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.message.SyncOutcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table file says of single columns, from the database to the target. */
@Timeout(180)
class ColumnSettingsTest {
  private static final Bench BENCH = Bench.shared();

  /** Every setting at once. */
  private static final String COLUMNS =
      """
      columns: {\
      v: {convert: "replace(v, ',', '.')::numeric(10,2) -- a comma", rename: price}, \
      V: {rename: v_upper}, \
      words: {arrays: repeated}, sizes: {arrays: repeated}, moments: {arrays: repeated}, \
      flags: {arrays: repeated}, blobs: {arrays: repeated}, floats: {arrays: repeated}, \
      took: {interval: interval}, doc: {json: string}, day: {type: timestamp, out_of_range: null}, \
      amount: {type: 'NUMERIC(6, 2)', numeric_overflow: null}, wide: {type: STRING}, \
      updated_at: {rename: changed}}""";

  @BeforeAll
  static void tables() {
    create("many");
    create("sliced");
    BENCH.postgres.run(
        "INSERT INTO public.sliced (id, v, words, updated_at) SELECT n, '1,5', ARRAY['w' || n],"
            + " now() - n * interval '1 second' FROM generate_series(1, 300) n",
        "ANALYZE public.sliced",
        "CREATE TABLE public.plain (id int PRIMARY KEY, name text, tags text[], day date, n numeric,"
            + " updated_at timestamptz DEFAULT now())",
        "INSERT INTO public.plain VALUES (1, 'secret value', '{{a},{b}}', 'infinity', 'NaN')",
        "INSERT INTO public.plain VALUES (2, 'x', '{a,NULL}')");
  }

  private static void create(String table) {
    BENCH.postgres.run(
        "CREATE TABLE public.%s (id int PRIMARY KEY, v text, \"V\" text, words text[], sizes numeric(10,2)[],"
                .formatted(table)
            + " moments timestamptz[], flags bool[], blobs bytea[], floats float8[], took interval,"
            + " doc jsonb, day date, amount numeric, wide int8,"
            + " updated_at timestamptz DEFAULT now())");
  }

  @Test
  void everySettingReachesTheTarget() {
    BENCH.postgres.run(
        """
        INSERT INTO public.many VALUES
          (1, '12,50', 'upper', '{"a,b",""}' , '{1.50,-99999999.99}',
           '{2024-07-01 12:00:00.5-03:30,0001-01-01 00:00:00+00}', '{t,f}', '{"\\\\x00ff",""}',
           '{0.1,NaN,-Infinity,1.5}', '1 year -3 days 04:05:06.789', '{"n": 12345678901234567890}',
           '2024-02-29', 1234.5, 9223372036854775807),
          (2, NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, 'infinity', 12345.1, NULL),
          (3, '-1', '', '{}', NULL, NULL, NULL, NULL, NULL, '-178 years', NULL, NULL, 1.005, -1)""");
    Line line = BENCH.over("many", "source: public.many", COLUMNS);
    line.sync();

    assertThat(types("many"))
        .containsAllEntriesOf(
            Map.of(
                "price", "NUMERIC(10, 2)",
                "v_upper", "STRING",
                "words", "ARRAY<STRING>",
                "sizes", "ARRAY<NUMERIC(10, 2)>",
                "moments", "ARRAY<TIMESTAMP>",
                "took", "INTERVAL",
                "doc", "STRING",
                "day", "TIMESTAMP",
                "amount", "NUMERIC(6, 2)",
                "wide", "STRING"))
        .containsKeys("changed", "flags")
        .doesNotContainKeys("v", "updated_at");
    assertThat(
            line.rows(
                "SELECT TO_JSON_STRING(STRUCT(id, price, v_upper, words, sizes, flags, floats,"
                    + " CAST(took AS STRING) AS took, doc, CAST(day AS STRING) AS day, amount, wide))"
                    + " FROM target.%s ORDER BY id"))
        .containsExactly(
            "{\"id\":1,\"price\":\"12.5\",\"v_upper\":\"upper\",\"words\":[\"a,b\",\"\"],"
                + "\"sizes\":[\"1.5\",\"-99999999.99\"],\"flags\":[true,false],"
                + "\"floats\":[0.1,\"NaN\",\"-Infinity\",1.5],\"took\":\"1-0 -3 4:5:6.789\","
                + "\"doc\":\"{\\\"n\\\": 12345678901234567890}\",\"day\":\"2024-02-29 00:00:00+00\","
                + "\"amount\":\"1234.5\",\"wide\":\"9223372036854775807\"}",
            "{\"id\":2,\"price\":null,\"v_upper\":null,\"words\":[],\"sizes\":[],\"flags\":[],"
                + "\"floats\":[],\"took\":null,\"doc\":null,\"day\":null,\"amount\":null,\"wide\":null}",
            "{\"id\":3,\"price\":-1,\"v_upper\":\"\",\"words\":[],\"sizes\":[],\"flags\":[],"
                + "\"floats\":[],\"took\":\"-178-0 0 0:0:0\",\"doc\":null,\"day\":null,\"amount\":null,"
                + "\"wide\":\"-1\"}");
    assertThat(
            line.rows("SELECT TO_JSON_STRING(STRUCT(moments, blobs)) FROM target.%s WHERE id = 1"))
        .containsExactly(
            "{\"moments\":[\"2024-07-01T15:30:00.500Z\",\"0001-01-01T00:00:00Z\"],"
                + "\"blobs\":[\"AP8=\",\"\"]}");
    assertThat(line.rows("SELECT losses FROM control.sync_runs WHERE table_name = '%s'").get(0))
        .isEqualToIgnoringWhitespace("{\"amount\": {\"nulled\": 2}, \"day\": {\"nulled\": 1}}");
  }

  /** The cursor has another name in the temp table, and in the target whose largest one is read. */
  @Test
  void aRenamedCursorOrdersSlicesAndIncrements() {
    Line line = BENCH.over("sliced", "source: public.sliced", "slice_rows: 100", COLUMNS);
    line.sync();
    assertThat(line.visible().get(0)).hasSizeGreaterThan(1);
    BENCH.postgres.run(
        "UPDATE public.sliced SET v = '2,5', words = '{x,y}', updated_at = clock_timestamp()"
            + " WHERE id = 7");
    line.sync();
    assertThat(
            line.rows(
                "SELECT CONCAT(CAST(price AS STRING), TO_JSON_STRING(words)) FROM target.%s WHERE id IN (7, 8)"
                    + " ORDER BY id"))
        .containsExactly("2.5[\"x\",\"y\"]", "1.5[\"w8\"]");
    assertThat(line.rows("SELECT COUNT(*) FROM target.%s")).containsExactly("300");
    assertThat(
            line.rows(
                "SELECT rows_merged FROM control.sync_runs WHERE table_name = '%s' ORDER BY seq"))
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "nmae: {rename: other}          | COLUMN_MISSING     | nmae (did you mean 'name'?)",
        "tagz: {convert: 'lower(name)'} | COLUMN_MISSING     | tagz (did you mean 'tags'?)",
        "name: {convert: upper(nmae)}    | CONVERT_INVALID    | column \"name\": column \"nmae\" does not exist",
        "name: {convert: max(name)}     | CONVERT_INVALID    | column \"name\": aggregate functions are not allowed in WHERE",
        "name: {convert: unnest(tags)}  | CONVERT_INVALID    | column \"name\": set-returning functions are not allowed in WHERE",
        "name: {convert: '(name'}       | CONVERT_INVALID    | column \"name\": syntax error",
        "id: {convert: id + 1}          | KEY_INVALID        | column \"id\" is a key and must not be changed",
        "tags: {rename: name}           | NAME_INVALID       | \"name\" and \"tags\" are one name in BigQuery",
        "tags: {rename: _FILE_tags}     | NAME_INVALID       | begins with _FILE_",
        "name: {interval: interval}     | TABLE_FILE_INVALID | column \"name\" of type text: `interval: interval` is for columns of type interval",
        "name: {arrays: repeated}       | TABLE_FILE_INVALID | column \"name\" of type text: `arrays: repeated` is for arrays",
        "name: {json: string}           | TABLE_FILE_INVALID | `json: string` is for columns that become JSON",
        "name: {out_of_range: null}     | TABLE_FILE_INVALID | every value fits",
        "n: {out_of_range: null}        | TABLE_FILE_INVALID | `out_of_range` is for dates, times and intervals",
        "day: {numeric_overflow: null}  | TABLE_FILE_INVALID | `numeric_overflow` is for columns of type numeric",
        "name: {type: INT64}            | TABLE_FILE_INVALID | it cannot be given the type INT64; it can be STRING",
        "day: {type: TIME}              | TABLE_FILE_INVALID | it can be STRING, DATE, DATETIME, TIMESTAMP",
        "n: {type: NUMERIC, numeric_overflow: string} | TABLE_FILE_INVALID | its values can be text or NUMERIC, not both",
        "tags: {arrays: repeated}, n: {numeric_overflow: null} | VALUE_REFUSED | column \"tags\" has 2",
      })
  void whatDoesNotFitIsRefusedAndNothingIsStaged(String columns, ErrorCode code, String words) {
    Line line =
        BENCH.over(
            "plain_" + Integer.toHexString(columns.hashCode()),
            plain(),
            "columns: {" + columns + "}");
    DeltaferryException failure = refused(line);
    assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
    assertThat(failure.kind()).isEqualTo(ErrorKind.PERMANENT);
    assertThat(failure).hasMessageContaining(words).hasMessageNotContaining("secret value");
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.FAILED);
    assertThat(line.isStaged(1)).isFalse();
  }

  /** The rows decide that, and their values stay out of the message. */
  @Test
  void anExpressionThatARowBreaks() {
    Line line = BENCH.over("broken", plain(), "columns: {name: {convert: 'name::int'}}");
    DeltaferryException failure = refused(line);
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_QUERY_FAILED);
    assertThat(failure).hasMessageContaining("`convert`").hasMessageNotContaining("secret value");
  }

  @Test
  void arraysThatAreNoneOfBigQuerysCanBecomeEmpty() {
    Line line =
        BENCH.over(
            "emptied",
            plain(),
            "conversions: {tags: 'null', n: 'null'}",
            "columns: {tags: {arrays: repeated}}");
    line.sync();
    assertThat(line.rows("SELECT TO_JSON_STRING(tags) FROM target.%s")).containsExactly("[]", "[]");
    assertThat(line.rows("SELECT losses FROM control.sync_runs WHERE table_name = '%s'").get(0))
        .contains("\"tags\"", "\"nulled\" : 2");
  }

  /** BigQuery takes no column of that name, hashed or not. */
  @Test
  void aHashedColumnHasAnotherName() {
    BENCH.postgres.run(
        "CREATE TABLE public.hidden (id int PRIMARY KEY, _file_mail char(9), updated_at timestamptz DEFAULT now())",
        "INSERT INTO public.hidden VALUES (1, 'a@b'), (2, NULL)");
    Line line =
        BENCH.over(
            "hidden",
            "source: public.hidden",
            "hash: [_file_mail]",
            "columns: {_file_mail: {rename: mail}}");
    line.sync();
    BENCH.postgres.run(
        "UPDATE public.hidden SET _file_mail = 'a@b', updated_at = clock_timestamp() WHERE id = 2");
    line.sync();
    String hash =
        Hashing.hmacSha256("the secret of these hashes".getBytes(StandardCharsets.UTF_8))
            .hashString("a@b", StandardCharsets.UTF_8)
            .toString();
    assertThat(line.rows("SELECT mail FROM target.%s ORDER BY id")).containsExactly(hash, hash);
  }

  /** One day of each row, as BigQuery wants it. */
  @Test
  void aRepeatedColumnPartitionsNoTarget() {
    BENCH.postgres.run(
        "CREATE TABLE public.calendar (id int PRIMARY KEY, days date[], updated_at timestamptz DEFAULT now())");
    Line line =
        BENCH.over(
            "calendar",
            "source: public.calendar",
            "partition_by: days",
            "columns: {days: {arrays: repeated}}");
    DeltaferryException failure = refused(line);
    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_FILE_INVALID);
    assertThat(failure).hasMessageContaining("partition_by: days is ARRAY<DATE>");
  }

  private static String plain() {
    return "source: public.plain";
  }

  private static DeltaferryException refused(Line line) {
    line.request();
    DeltaferryException failure =
        catchThrowableOfType(DeltaferryException.class, () -> line.deliver(line.instance()));
    assertThat(failure).isNotNull();
    return failure;
  }

  private static Map<String, String> types(String table) {
    List<Map<String, @Nullable String>> rows =
        BENCH.query(
            "SELECT column_name, data_type FROM target.INFORMATION_SCHEMA.COLUMNS WHERE table_name = '"
                + table
                + "'");
    return rows.stream()
        .collect(Collectors.toMap(row -> text(row, "column_name"), row -> text(row, "data_type")));
  }

  private static String text(Map<String, @Nullable String> row, String column) {
    return String.valueOf(row.get(column));
  }
}
