package io.deltaferry.cli.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.config.Secret;
import io.deltaferry.table.SourceConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseUrlTest {
  private static final Map<String, String> SHELL = Map.of("PGUSER", "bob", "PGPASSWORD", "a:b");

  @ParameterizedTest
  @CsvSource({
    "postgresql://localhost/shop, bob, a:b",
    "postgresql://me@localhost/shop, me, a:b",
    "jdbc:postgresql://localhost:5432/shop?user=me&ssl=true, me, a:b",
    "postgresql://me:mine@localhost/shop, me, mine",
    "postgresql://me@localhost/shop?password=mine, me, mine",
    "postgresql://localhost/shop?password=mine, bob, mine",
  })
  void theShellFillsInWhatTheUrlDoesNotHold(String url, String user, String password) {
    SourceConfig source = DatabaseUrl.source(url, SHELL);
    assertThat(source.user()).isEqualTo(user);
    assertThat(source.password()).isEqualTo(new Secret.Value(password));
  }

  @Test
  void withoutEitherItIsWhoeverAsks() {
    SourceConfig source = DatabaseUrl.source("postgresql://localhost/shop", Map.of());
    assertThat(source.user()).isEqualTo(System.getProperty("user.name"));
    assertThat(source.password()).isNull();
  }
}
