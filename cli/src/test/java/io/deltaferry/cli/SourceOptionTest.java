package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.config.Secret;
import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.TableCatalog;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceOptionTest {
  private static final String URL = "postgresql://localhost/shop";

  @Test
  void theLoginIsThatOfTheShell() {
    SourceConfig source = source(Map.of("PGUSER", "bob", "PGPASSWORD", "secret"));
    assertThat(source.user()).isEqualTo("bob");
    assertThat(source.password()).isEqualTo(new Secret.Value("secret"));
    assertThat(source(Map.of()).user()).isEqualTo(System.getProperty("user.name"));
  }

  @Test
  void theVariablesOfADeploymentCountWhereTheShellHasNoLogin() {
    Map<String, String> deployment =
        Map.of("DELTAFERRY_SOURCE_USER", "reader", "DELTAFERRY_SOURCE_PASSWORD", "secret");
    SourceConfig source = source(deployment);
    assertThat(source.user()).isEqualTo("reader");
    assertThat(source.password()).isEqualTo(new Secret.Value("secret"));
  }

  @Test
  void withoutAUrlNothingIsReplaced() {
    assertThat(SourceOption.with(null, Map.of("PGUSER", "bob")))
        .doesNotContainKey(TableCatalog.SOURCE_URL);
  }

  private static SourceConfig source(Map<String, String> process) {
    return TableCatalog.source(SourceOption.with(URL, process)).orElseThrow();
  }
}
