package io.deltaferry.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IdentifierTest {
  @Test
  void postgresNamesAreQuotedByDoubling() {
    assertThat(PgTable.of("My Schema", "a\"b.c").sql()).isEqualTo("\"My Schema\".\"a\"\"b.c\"");
    assertThatThrownBy(() -> new PgIdentifier("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PgIdentifier("a\0b")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bigQueryNamesAreQuotedPartByPart() {
    assertThat(BqIdentifier.of("my-project", "d", "t").sql()).isEqualTo("`my-project`.`d`.`t`");
    assertThat(BqIdentifier.quote("a`b\\c")).isEqualTo("`a\\`b\\\\c`");
    assertThatThrownBy(() -> BqIdentifier.of("a", "")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aQueryKeepsItsClosingComment() {
    assertThat(new PgQuery(" SELECT 1 -- one ").fromItem())
        .isEqualTo("(SELECT 1 -- one\n) AS df_query");
  }
}
