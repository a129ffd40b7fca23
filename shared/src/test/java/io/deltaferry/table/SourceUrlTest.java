package io.deltaferry.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceUrlTest {
  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h/d, jdbc:postgresql://h/d,,",
    "jdbc:postgresql://h:5432/d?user=u&password=p&sslmode=require, jdbc:postgresql://h:5432/d?sslmode=require, u, p",
    "postgresql://u:p%40%2F@h:5432/d?sslmode=disable, jdbc:postgresql://h:5432/d?sslmode=disable, u, p@/",
    "postgres://u@h/d, jdbc:postgresql://h/d, u,",
    "postgresql://u:a+b@h/d, jdbc:postgresql://h/d, u, a+b",
    "postgresql://u:a@b@h/d, jdbc:postgresql://h/d, u, a@b",
    "jdbc:postgresql://[::1]:5432/d, jdbc:postgresql://[::1]:5432/d,,"
  })
  void takesTheLoginOut(String text, String jdbcUrl, String user, String password) {
    assertThat(SourceUrl.parse(text)).isEqualTo(new SourceUrl(jdbcUrl, user, password));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "h:5432/d",
        "jdbc:postgresql:d",
        "postgresql://h",
        "postgresql://h/",
        "mysql://h/d",
        "postgresql://u:%zz@h/d"
      })
  void refusesOtherForms(String text) {
    assertThatThrownBy(() -> SourceUrl.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void neverPrintsThePassword() {
    assertThat(SourceUrl.parse("postgresql://u:hunter2@h/d").toString()).doesNotContain("hunter2");
  }
}
