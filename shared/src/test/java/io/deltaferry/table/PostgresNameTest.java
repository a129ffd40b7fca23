package io.deltaferry.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresNameTest {
  @Test
  void foldsUnquotedNamesAndKeepsQuotedOnes() {
    assertThat(PostgresName.parse("Public.ORDERS")).containsExactly("public", "orders");
    assertThat(PostgresName.parse("\"My Schema\".\"My.Table\""))
        .containsExactly("My Schema", "My.Table");
    assertThat(PostgresName.parse(" a . \"B\"\"C\" ")).containsExactly("a", "B\"C");
    assertThat(PostgresName.parse("ÄB.tab$1")).containsExactly("Äb", "tab$1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a.",
        ".a",
        "a..b",
        "a b",
        "1a.b",
        "\"a",
        "a\"b",
        "\"\".b",
        "a.\"b\"c",
        "a;b"
      })
  void refusesWhatPostgresqlWouldNotRead(String text) {
    assertThatThrownBy(() -> PostgresName.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesNamesThatPostgresqlWouldCut() {
    assertThat(PostgresName.parse("a".repeat(63))).hasSize(1);
    assertThatThrownBy(() -> PostgresName.parse("ä".repeat(32)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 63 bytes");
  }

  @Property(tries = 300)
  void readsBackWhatItWrites(@ForAll("names") List<String> names) {
    String text = names.stream().map(PostgresName::written).collect(Collectors.joining("."));

    assertThat(PostgresName.parse(text)).isEqualTo(names);
  }

  @Provide
  Arbitrary<List<String>> names() {
    Arbitrary<String> nasty = Arbitraries.strings().withChars("aB_1 .\"$-;'\nä😀").ofMinLength(1);
    Arbitrary<String> any = Arbitraries.strings().excludeChars('\0').ofMinLength(1);
    return Arbitraries.oneOf(nasty, any)
        .filter(name -> name.getBytes(StandardCharsets.UTF_8).length <= PostgresName.MAX_BYTES)
        .filter(name -> name.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }
}
