package io.deltaferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.postgres.CatalogReader;
import io.deltaferry.postgres.CopyRows;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.PgTable;
import io.deltaferry.sql.Window;
import io.deltaferry.table.TableSchema;
import io.deltaferry.testing.CsvRows;
import io.deltaferry.testing.MemoryParts;
import io.deltaferry.testing.TestPostgres;
import io.deltaferry.type.HashKey;
import io.deltaferry.type.LossPolicy;
import io.deltaferry.type.MappingOptions;
import io.deltaferry.type.MappingOptions.Hashed;
import io.deltaferry.type.TypeMapping;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HashedColumnsTest {
  private static final String SECRET = "the secret of these hashes";
  private static final HashKey KEY = HashKey.of(SECRET);
  private static final PgTable VALUES = PgTable.of("public", "hashed");

  private static TestPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = TestPostgres.create();
    postgres.run(
        """
        CREATE TABLE hashed (
          a text, b char(5), c bool, d numeric(20, 3), e float8, f timestamptz, g timestamp,
          h date, i uuid, j bytea, k int, l jsonb, m int[], n varchar(9))""",
        """
        INSERT INTO hashed VALUES
          ('', '', true, 1.5, 0.1, '2024-02-03 04:05:06.7+02', 'infinity', '0044-03-15 BC',
           'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '\\x00ff', -7, '{"b": 1, "a": null}', '{1,null}', ' x '),
          (E'\\u00e9,"\\n', 'ab', false, -0.001, 'NaN', '-infinity', '0001-01-01', '9999-12-31',
           '00000000-0000-0000-0000-000000000000', '', 0, 'null', '{}', 'null'),
          (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)""");
  }

  /** What anybody can compute who has the key and the text that conversion `string` would stage. */
  @Test
  void eachIsTheHmacOfItsText() {
    List<List<@Nullable String>> texts = rows(texts());
    List<List<@Nullable String>> hashes = rows(hashing(KEY));

    assertThat(hashes).hasSameSizeAs(texts);
    assertThat(hashes.get(0)).isEqualTo(texts.get(0));
    for (int row = 1; row < texts.size(); row++) {
      assertThat(hashes.get(row))
          .containsExactlyElementsOf(texts.get(row).stream().map(HashedColumnsTest::hmac).toList());
    }
  }

  private static @Nullable String hmac(@Nullable String text) {
    return text == null
        ? null
        : Hashing.hmacSha256(SECRET.getBytes(StandardCharsets.UTF_8))
            .hashString(text, StandardCharsets.UTF_8)
            .toString();
  }

  @Test
  void theServerShowsNobodyTheKey() {
    String copy;
    List<@Nullable String> seen;
    try (PostgresSession session = session()) {
      copy = new DeltaQuery(VALUES, mappings(hashing(KEY)), null, Window.ALL, null).copy().sql();
      try (CopyRows rows = session.copy(copy, "copying")) {
        assertThat(rows.next()).isNotNull();
        seen = postgres.column("SELECT pg_stat_activity::text FROM pg_stat_activity");
      }
    }
    String shown = copy + seen;
    assertThat(seen).anyMatch(activity -> String.valueOf(activity).contains(KEY.id()));
    assertThat(shown).doesNotContain(SECRET, KEY.inner(), KEY.outer());
  }

  /** As an instance would that still has an older key. */
  @Test
  void aPlanThatWasMadeForAnotherKeyIsNotCarriedOut() {
    HashKey other = HashKey.of("the secret of other hashes");

    assertThatThrownBy(() -> rows(hashing(other)))
        .isInstanceOfSatisfying(
            DeltaferryException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_QUERY_FAILED))
        .hasMessageContaining("deltaferry.hash_")
        .hasMessageNotContainingAny(KEY.inner(), KEY.outer(), other.inner(), other.outer());
  }

  private static MappingOptions texts() {
    Map<String, LossPolicy> policies = new HashMap<>();
    names().forEach(column -> policies.put(column, LossPolicy.STRING));
    return new MappingOptions(policies, false, Set.of());
  }

  private static MappingOptions hashing(HashKey key) {
    Hashed hashed = new Hashed(new HashSet<>(names()), key.id());
    return new MappingOptions(Map.of(), false, Set.of(), hashed, Map.of());
  }

  private static List<String> names() {
    return "abcdefghijklmn".chars().mapToObj(Character::toString).toList();
  }

  private static List<List<@Nullable String>> rows(MappingOptions options) {
    MemoryParts parts = new MemoryParts();
    try (PostgresSession session = session()) {
      session.beginSnapshot(VALUES);
      DeltaQuery query = new DeltaQuery(VALUES, mappings(options), null, Window.ALL, null);
      new CopyExtraction(
              session, new CopySettings(500_000, 1, Duration.ofSeconds(60)), new StopSignal())
          .run(query, parts);
    }
    return CsvRows.parse(parts.csv().get(0));
  }

  private static List<TypeMapping> mappings(MappingOptions options) {
    try (PostgresSession session = session()) {
      TableSchema schema = new CatalogReader(session).describe(VALUES);
      return schema.mappings(List.of(), options);
    }
  }

  private static PostgresSession session() {
    return new PostgresSource(postgres.config(), postgres.password(), KEY)
        .open(Duration.ofSeconds(60));
  }
}
