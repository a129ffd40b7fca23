package io.deltaferry.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionHashTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("SHOP_PASSWORD", "x");
  private static final TableConfig ORDERS = orders(TableFiles.text("full.yaml"));

  /** These hashes stand in users' state tables: a change starts every table over. */
  @Test
  void neverChanges() {
    assertThat(ORDERS.definitionHash())
        .isEqualTo("1b252b9b4e23db7579908a64c0544c7c64eace1c61150435a7abd404c8614335");
    assertThat(ORDERS.policyHash())
        .isEqualTo("2d43bbf0ad791eb06290f9a141b3c068c27996e668e878376ce663cbd41630f4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Order.Lines\"'      | \"Order Lines\"'  | true  | false",
        "sales.order_lines     | sales.orders      | true  | false",
        "[order_id, Line]      | [order_id]        | true  | false",
        "cursor: changed       | cursor: changed2  | true  | false",
        "region = 'EU'         | region = 'US'     | true  | false",
        "[card_number, cvc]    | [card_number]     | false | true",
        "[card_number, cvc]    | [cvc, card_number]| false | false",
        "amount: fail          | amount: clamp     | false | true",
        "lateness: PT1H30M     | lateness: 5m      | false | false",
        "priority: -3          | priority: 9       | false | false",
        "part_bytes: 1048576   | part_bytes: 4MiB  | false | false",
        "slice_rows: 5000      | slice_rows: 100   | false | false"
      })
  void followWhatTheyStandFor(String from, String to, boolean definition, boolean policy) {
    String text = TableFiles.text("full.yaml");
    assertThat(text).contains(from);
    TableConfig changed = orders(text.replace(from, to));

    assertThat(!changed.definitionHash().equals(ORDERS.definitionHash())).isEqualTo(definition);
    assertThat(!changed.policyHash().equals(ORDERS.policyHash())).isEqualTo(policy);
  }

  /** Rows that were hashed with another key, or not at all, cannot be told from the others. */
  @Test
  void whatIsHashedAndWithWhichKeyCounts() {
    String text = TableFiles.text("full.yaml");
    TableFile file = TableCatalog.read(text, ENVIRONMENT);
    TableFile more =
        TableCatalog.read(text.replace("hash: [email]", "hash: [email, name]"), ENVIRONMENT);
    List<TableConfig> tables =
        Stream.of(file, file.keyed("1"), file.keyed("2"), more)
            .map(each -> each.requiredTable("open_orders"))
            .toList();

    assertThat(tables).extracting(TableConfig::definitionHash).doesNotHaveDuplicates();
    assertThat(tables).extracting(TableConfig::policyHash).doesNotHaveDuplicates();
    assertThat(file.keyed("1").requiredTable("orders").definitionHash())
        .isEqualTo(ORDERS.definitionHash());
  }

  private static TableConfig orders(String text) {
    return TableCatalog.read(text, ENVIRONMENT).requiredTable("orders");
  }
}
