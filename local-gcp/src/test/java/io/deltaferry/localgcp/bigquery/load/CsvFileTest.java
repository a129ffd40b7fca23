package io.deltaferry.localgcp.bigquery.load;

import static io.deltaferry.localgcp.bigquery.type.BigQueryType.BIGNUMERIC;
import static io.deltaferry.localgcp.bigquery.type.BigQueryType.INT64;
import static io.deltaferry.localgcp.bigquery.type.BigQueryType.STRING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.localgcp.bigquery.load.LoadResult.LoadError;
import io.deltaferry.localgcp.bigquery.type.FieldMode;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import io.deltaferry.localgcp.http.GoogleError;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes a file's rows rows of the table: shape, header, errors, compression. */
class CsvFileTest {
  private static final TableSchema SCHEMA =
      TableSchema.of(
          FieldSchema.required("id", INT64),
          FieldSchema.nullable("name", STRING),
          FieldSchema.nullable("size", INT64));

  private LoadedTable table;

  @BeforeEach
  void open() throws Exception {
    table = new LoadedTable();
  }

  @AfterEach
  void close() throws Exception {
    table.close();
  }

  private static CsvOptionsBuilder options() {
    return CsvOptionsBuilder.defaults();
  }

  private static List<@Nullable String> row(@Nullable String... values) {
    return Arrays.asList(values);
  }

  private LoadResult loadFine(CsvOptions options, String csv) throws Exception {
    LoadResult result = table.load(SCHEMA, options, csv);
    assertThat(result.errors()).isEmpty();
    assertThat(result.failed()).isFalse();
    return result;
  }

  private String refusal(CsvOptions options, String csv) throws Exception {
    LoadResult result = table.load(SCHEMA, options, csv);
    assertThat(result.failed()).isTrue();
    assertThat(result.rows()).isZero();
    assertThat(table.rows(SCHEMA)).isEmpty();
    assertThat(result.errors().get(0).message()).contains("CSV processing encountered too many");
    LoadError first = result.errors().get(1);
    assertThat(first.reason()).isEqualTo("invalid");
    assertThat(first.location()).isEqualTo(LoadedTable.URI);
    assertThat(first.message()).startsWith("Error while reading data, error message: ");
    return first.message();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,a,2\n3,,\n", "1,a,2\r\n3,,\r\n", "1,a,2\n3,,", "1,a,2\n\n\n3,,\n\n"})
  void rowsEndWithEitherLineBreakAndTheLastNeedsNone(String csv) throws Exception {
    LoadResult result = loadFine(CsvOptions.defaults(), csv);

    assertThat(result.rows()).isEqualTo(2);
    assertThat(result.bytes()).isEqualTo(8 + 3 + 8 + 8);
    assertThat(result.inputBytes()).isEqualTo(csv.length());
    assertThat(table.rows(SCHEMA)).containsExactly(row("1", "a", "2"), row("3", null, null));
  }

  @Test
  void headerMatchesByNameInAnyOrderAndCase() throws Exception {
    loadFine(options().byName().build(), "SIZE,id,\"Name\"\n7,1,x\n");
    assertThat(table.rows(SCHEMA)).containsExactly(row("1", "x", "7"));
  }

  @Test
  void headerMustFitTheTable() {
    CsvOptions byName = options().byName().build();
    for (List<String> bad :
        List.of(
            List.of("id,name\n", "has no column size"),
            List.of("id,name,size,more\n", "[more], which the table lacks"),
            List.of("id,name,ID,size\n", "twice"),
            List.of("", "the file is empty"))) {
      assertThatThrownBy(() -> table.load(SCHEMA, byName, bad.get(0)))
          .isInstanceOf(GoogleError.class)
          .hasMessageContaining(bad.get(1))
          .hasMessageContaining(LoadedTable.URI);
    }
    assertThatThrownBy(
            () ->
                new CsvOptions(
                    ',',
                    '"',
                    List.of(),
                    0,
                    false,
                    false,
                    false,
                    false,
                    CsvOptions.ColumnMatch.NAME,
                    0))
        .hasMessageContaining("skipLeadingRows");
  }

  @Test
  void headerMayHaveMoreWhenUnknownValuesAreIgnored() throws Exception {
    loadFine(options().byName().ignoreUnknown().build(), "x,size,id,name\n0,7,1,a\n");
    assertThat(table.rows(SCHEMA)).containsExactly(row("1", "a", "7"));
  }

  @Test
  void leadingRowsAreSkippedWhateverTheyHold() throws Exception {
    loadFine(options().skip(2).build(), "# \"odd\" line\nid,name\n1,a,2\n");
    assertThat(table.rows(SCHEMA)).containsExactly(row("1", "a", "2"));
  }

  @Test
  void widthMustBeTheTables() throws Exception {
    assertThat(refusal(CsvOptions.defaults(), "1,a,2\n3,b\n"))
        .contains("CSV table references column position 2, but line contains only 2 columns.")
        .contains("line_number: 2");
    assertThat(refusal(CsvOptions.defaults(), "1,a,2,x\n"))
        .contains("Too many values in line. Found 4 column(s) while expected 3.");
  }

  @Test
  void widthMayDifferWhereTheOptionsSaySo() throws Exception {
    loadFine(options().jagged().ignoreUnknown().build(), "1\n2,b\n3,c,4,x,y\n");
    assertThat(table.rows(SCHEMA))
        .containsExactly(row("1", null, null), row("2", "b", null), row("3", "c", "4"));
  }

  @Test
  void requiredColumnRefusesNullAndShortRows() throws Exception {
    assertThat(refusal(CsvOptions.defaults(), "1,a,2\n,b,3\n"))
        .contains("Required column value for column index: 0 is missing")
        .contains("starting at position: 6")
        .contains("column_name: \"id\"");
    assertThat(refusal(CsvOptions.defaults(), "\"\",b,3\n")).contains("Required column value");
  }

  @Test
  void errorsNameFieldLineOffsetAndValue() throws Exception {
    CsvOptions options = options().quotedNewlines().build();
    assertThat(refusal(options, "1,\"a\nb\",2\n3,b,x\n"))
        .isEqualTo(
            "Error while reading data, error message: Could not parse 'x' as INT64 for field size"
                + " (position 2) starting at location 10 with message 'Unable to parse';"
                + " line_number: 3 byte_offset_to_start_of_line: 10 column_index: 2"
                + " column_name: \"size\" column_type: INT64 File: gs://bucket/part-0");
  }

  @Test
  void badRecordsAreLeftOutUpToTheLimit() throws Exception {
    String csv = "1,a,2\nx,b,3\n4,\"c\nd\"\n5,e,6\n";
    LoadResult three = table.load(SCHEMA, options().maxBad(3).build(), csv);

    assertThat(three.failed()).isFalse();
    assertThat(three.badRecords()).isEqualTo(3);
    assertThat(three.errors()).hasSize(3);
    assertThat(table.rows(SCHEMA)).containsExactly(row("1", "a", "2"), row("5", "e", "6"));
    assertThat(table.load(SCHEMA, options().maxBad(2).build(), csv).failed()).isTrue();
  }

  @Test
  void lineBreaksInQuotesNeedTheOption() throws Exception {
    assertThat(refusal(CsvOptions.defaults(), "1,\"a\nb\",2\n")).contains("Missing close quote");
  }

  @Test
  void controlCharactersNeedTheOption() throws Exception {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 32; c++) {
      all.append(c);
    }
    loadFine(options().controlCharacters().quotedNewlines().build(), "1,\"" + all + "\",\n");
    assertThat(table.rows(SCHEMA)).containsExactly(row("1", all.toString(), null));
  }

  @Test
  void otherDelimiterAndQuote() throws Exception {
    loadFine(options().delimiter('\t').quote('\'').build(), "1\t'a\t''b'\t2\n3\t\"\t\n");
    assertThat(table.rows(SCHEMA)).containsExactly(row("1", "a\t'b", "2"), row("3", "\"", null));
    loadFine(options().quote((char) 0).build(), "1,\"a,2\n");
    assertThat(table.rows(SCHEMA)).containsExactly(row("1", "\"a", "2"));
  }

  @Test
  void customNullMarkers() throws Exception {
    CsvOptions options = options().nullMarkers("\\N", "NULL").build();
    loadFine(options, "1,\\N,NULL\n2,,3\n");
    assertThat(table.rows(SCHEMA)).containsExactly(row("1", null, null), row("2", "", "3"));
    assertThat(refusal(options, "1,a,\n")).contains("Empty value with a custom null marker");
    assertThat(refusal(options, "1,\"NULL\",2\n")).contains("not documented");
  }

  @Test
  void emptyLineInATableOfOneColumnIsNotSilentlyLost() throws Exception {
    TableSchema one = TableSchema.of(FieldSchema.nullable("v", STRING));
    LoadResult result = table.load(one, CsvOptions.defaults(), "a\n\nb\n");
    assertThat(result.failed()).isTrue();
    assertThat(result.errors().get(1).message()).contains("Empty line");
  }

  @Test
  void invalidUtf8BecomesTheReplacementCharacter() throws Exception {
    byte[] csv = {'1', ',', 'a', (byte) 0xff, (byte) 0xc3, 'b', ',', '2', '\n'};
    table.load(SCHEMA, CsvOptions.defaults(), csv);
    assertThat(table.rows(SCHEMA)).containsExactly(row("1", "a\uFFFD\uFFFDb", "2"));
  }

  @Test
  void severalFilesGzipOrNotBecomeOneTable() throws Exception {
    byte[] first = LoadedTable.gzip("id,name,size\n1,a,2\n".getBytes(UTF_8));
    byte[] second = "size,name,id\n4,b,3\n".getBytes(UTF_8);
    LoadResult result = table.load(SCHEMA, options().byName().build(), first, second);

    assertThat(result.inputFiles()).isEqualTo(2);
    assertThat(result.inputBytes()).isEqualTo(first.length + second.length);
    assertThat(table.rows(SCHEMA)).containsExactly(row("1", "a", "2"), row("3", "b", "4"));
  }

  @Test
  void damagedGzipIsRefused() {
    byte[] whole = LoadedTable.gzip("1,a,2\n".repeat(50_000).getBytes(UTF_8));
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.writeBytes(whole);
    two.writeBytes(whole);
    byte[] flipped = whole.clone();
    flipped[whole.length - 6] ^= 1;

    assertRefused(two.toByteArray(), "one member per object");
    assertRefused(flipped, "checksum does not match");
    assertRefused(Arrays.copyOf(whole, whole.length - 3), "cut off");
    assertRefused(Arrays.copyOf(whole, whole.length / 2), "cut off");
  }

  private void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> table.load(SCHEMA, CsvOptions.defaults(), file))
        .isInstanceOf(GoogleError.class)
        .hasMessageContaining(message);
  }

  @Test
  void nestedAndRepeatedColumnsAreRefused() {
    FieldSchema repeated = FieldSchema.repeated("v", INT64);
    FieldSchema struct = FieldSchema.struct("v", FieldMode.NULLABLE, SCHEMA.fields());
    for (FieldSchema field : List.of(repeated, struct)) {
      assertThatThrownBy(() -> table.load(TableSchema.of(field), CsvOptions.defaults(), "1\n"))
          .isInstanceOf(GoogleError.class)
          .hasMessageContaining("does not support nested or repeated fields");
    }
  }

  @Test
  void aFailureAfterManyRowsLeavesTheTableEmptyAlsoThroughTheTemporaryTable() throws Exception {
    TableSchema wide =
        TableSchema.of(FieldSchema.required("id", INT64), FieldSchema.nullable("n", BIGNUMERIC));
    String rows = "1,2.5\n".repeat(10_000);

    LoadResult failed = table.load(wide, CsvOptions.defaults(), rows + "x,1\n");
    assertThat(failed.failed()).isTrue();
    assertThat(table.rows(wide)).isEmpty();

    LoadResult fine = table.load(wide, CsvOptions.defaults(), rows);
    assertThat(fine.rows()).isEqualTo(10_000);
    assertThat(table.rows(wide)).hasSize(10_000).contains(row("1", "25" + "0".repeat(37)));
  }
}
