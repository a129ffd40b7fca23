package io.deltaferry.cli.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.table.SourceTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryNamesTest {
  @Test
  void namesThatTwoTablesShareGetTheirSchemasOrANumber() {
    assertThat(
            EntryNames.of(
                List.of(
                    new SourceTable("a", "items"),
                    new SourceTable("b", "Items"),
                    new SourceTable("b", "lone"),
                    new SourceTable("b", "-x.y"),
                    new SourceTable("c", "d_e"),
                    new SourceTable("c_d", "e"),
                    new SourceTable("f", "d_e"))))
        .containsExactly("a_items", "b_Items", "lone", "_x_y", "c_d_e", "e", "f_d_e");
  }

  @Test
  void whatIsStillNoNameOfItsOwnGetsANumber() {
    String longest = "l".repeat(120);
    assertThat(
            EntryNames.of(
                List.of(
                    new SourceTable("a_b", "c"),
                    new SourceTable("x", "C"),
                    new SourceTable("a", "b_c"),
                    new SourceTable("y", "b.c"),
                    new SourceTable("z", longest),
                    new SourceTable("Z", longest))))
        .containsExactly(
            "a_b_c",
            "x_C",
            "a_b_c_2",
            "y_b_c",
            "z_" + "l".repeat(98),
            "Z_" + "l".repeat(96) + "_2");
  }
}
