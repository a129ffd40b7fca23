package io.deltaferry.localgcp.bigquery.load;

import static io.deltaferry.localgcp.bigquery.type.BigQueryType.INT64;
import static io.deltaferry.localgcp.bigquery.type.BigQueryType.STRING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever PostgreSQL's COPY writes as CSV comes back equal. */
class CsvRoundTripTest {
  private static final TableSchema SCHEMA =
      TableSchema.of(
          FieldSchema.required("id", INT64),
          FieldSchema.nullable("a", STRING),
          FieldSchema.nullable("b", STRING));

  private static @Nullable LoadedTable shared;

  @BeforeContainer
  static void open() throws SQLException {
    shared = new LoadedTable();
  }

  @AfterContainer
  static void close() throws SQLException {
    Objects.requireNonNull(shared).close();
  }

  @Provide
  Arbitrary<List<List<@Nullable String>>> rows() {
    Arbitrary<String> nasty =
        Arbitraries.of(
            "\"", ",", "\n", "\r", "\r\n", "\t", "\\", "\\.", "^", " ", "é", "😀", "a", "");
    Arbitrary<String> any =
        Arbitraries.strings().excludeChars('\0').ofMaxLength(8).filter(CsvRoundTripTest::isText);
    Arbitrary<String> text =
        Arbitraries.oneOf(nasty, any).list().ofMaxSize(6).map(parts -> String.join("", parts));
    return text.injectNull(0.2).list().ofSize(2).list().ofMaxSize(20);
  }

  private static boolean isText(String text) {
    return UTF_8.newEncoder().canEncode(text);
  }

  @Property(tries = 150)
  void copyToCsvToTableIsTheIdentity(
      @ForAll("rows") List<List<@Nullable String>> rows, @ForAll boolean gzip) throws Exception {
    LoadedTable table = Objects.requireNonNull(shared);
    StringBuilder csv = new StringBuilder("b,id,a\n");
    List<List<@Nullable String>> expected = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      List<@Nullable String> row = rows.get(i);
      csv.append(copied(row.get(1))).append(',').append(i).append(',');
      csv.append(copied(row.get(0))).append('\n');
      expected.add(Arrays.asList(String.valueOf(i), row.get(0), row.get(1)));
    }
    byte[] bytes = csv.toString().getBytes(UTF_8);
    CsvOptions options =
        CsvOptionsBuilder.defaults().byName().quotedNewlines().controlCharacters().build();

    LoadResult result = table.load(SCHEMA, options, gzip ? LoadedTable.gzip(bytes) : bytes);

    assertThat(result.errors()).isEmpty();
    assertThat(result.rows()).isEqualTo(rows.size());
    assertThat(table.rows(SCHEMA)).isEqualTo(expected);
  }

  /** PostgreSQL's own rule of when to quote: CopyAttributeOutCSV. */
  private static String copied(@Nullable String value) {
    if (value == null) {
      return "";
    }
    boolean quote =
        value.isEmpty()
            || value.equals("\\.")
            || value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quote ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }
}
