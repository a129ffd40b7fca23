package io.deltaferry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.config.Secret;
import io.deltaferry.table.SourceEndpoint;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackTablesTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @Test
  void theDemosTableFileIsReadWithTheGivenSource() throws IOException {
    TableFile file = read("postgresql://ann:s3cret@localhost:5433/school", Map.of());
    assertThat(file.source().endpoint())
        .isEqualTo(new SourceEndpoint.Jdbc("jdbc:postgresql://localhost:5433/school"));
    assertThat(file.source().user()).isEqualTo("ann");
    assertThat(file.tables()).extracting(TableConfig::name).hasSize(9).contains("window_roster");
  }

  @Test
  void aUrlWithoutLoginTakesTheVariablesOfPsql() throws IOException {
    TableFile file =
        read("postgresql://localhost/school", Map.of("PGUSER", "bob", "PGPASSWORD", "p w+%&"));
    assertThat(file.source().user()).isEqualTo("bob");
    assertThat(file.source().password()).isEqualTo(new Secret.Value("p w+%&"));
  }

  @Test
  void whatOtherCommandsFindHoldsNoPassword() throws IOException {
    TableFile file =
        read("postgresql://a%26b:s3cret@h:1/d?sslmode=require&sslpassword=s3cret", Map.of());
    assertThat(StackTables.withoutPassword(file.source()))
        .isEqualTo("jdbc:postgresql://h:1/d?user=a%26b&sslmode=require");
  }

  private TableFile read(String url, Map<String, String> process) throws IOException {
    Path own = directory.resolve("own.yaml");
    try (InputStream demo =
        Objects.requireNonNull(getClass().getResourceAsStream("/demo/tables.yaml"))) {
      Files.write(own, demo.readAllBytes());
    }
    StackTables tables = StackTables.of(own, url, process);
    return TableCatalog.read(tables.file(), tables.environment());
  }
}
