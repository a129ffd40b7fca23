package io.deltaferry.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Terraform reads the table file too, by rules of its own. The files of its tests are read here as
 * well, so that no plan accepts what the services refuse.
 */
class TerraformTableFileTest {
  private static final Path TERRAFORM = Path.of("../terraform");
  private static final Path MODULE = TERRAFORM.resolve("modules/table-file");
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "ERP_PASSWORD", "secret",
          "REGION", "EU",
          "SCHEMA", "public",
          "SHOP_PASSWORD", "a:b@c",
          "SHOP_URL", "postgresql://deltaferry:secret@db.example.com/shop");

  static List<Path> accepted() throws IOException {
    return files("accepted");
  }

  static List<Path> refused() throws IOException {
    return files("refused");
  }

  private static List<Path> files(String directory) throws IOException {
    try (Stream<Path> files = Files.list(MODULE.resolve("tests/files").resolve(directory))) {
      return files.sorted().toList();
    }
  }

  static List<Path> examples() throws IOException {
    try (Stream<Path> examples = Files.list(TERRAFORM.resolve("examples"))) {
      return examples.map(example -> example.resolve("tables.yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource({"accepted", "examples"})
  void whatAPlanAcceptsTheServicesAccept(Path file) {
    assertThat(TableCatalog.read(file, ENVIRONMENT).tables()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void theServicesFindTheOneProblemThatAPlanFinds(Path file) {
    DeltaferryException failure =
        catchThrowableOfType(DeltaferryException.class, () -> TableCatalog.read(file, ENVIRONMENT));

    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_FILE_INVALID);
    assertThat(failure.getMessage().lines()).hasSize(1);
  }

  /** Each table is named after the seconds that Terraform has to read too. */
  @Test
  void aDurationHasTheSameSecondsForBoth() {
    assertThat(
            TableCatalog.read(MODULE.resolve("tests/files/accepted/durations.yaml"), ENVIRONMENT)
                .tables())
        .hasSizeGreaterThan(5)
        .allSatisfy(
            table ->
                assertThat(table.name())
                    .isEqualTo("t_" + Objects.requireNonNull(table.maxLag()).toSeconds()));
  }

  @Test
  void bothKnowTheSameKeys() throws IOException {
    Map<String, Object> rules =
        new JsonMapper().readValue(MODULE.resolve("rules.json").toFile(), new TypeReference<>() {});

    assertThat(rules.get("keys"))
        .isEqualTo(
            Map.of(
                "file", TableKeys.FILE,
                "source", TableKeys.SOURCE,
                "reconcile", ReconcileSettings.KEYS,
                "target", TableKeys.TARGET,
                "defaults", TableKeys.DEFAULTS,
                "table", TableKeys.TABLE));
  }
}
