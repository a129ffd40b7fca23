package io.deltaferry.cli.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.query.DisplayWidth;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressViewTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

  private final StringWriter out = new StringWriter();

  @Test
  void aLineForEachChangeWhereLinesStay() {
    ProgressView view = new ProgressView(new PrintWriter(out), false);
    TableProgress orders = TableProgress.requested("orders", "r1", AT);
    TableProgress items = TableProgress.requested("items", "r2", AT);
    view.show(List.of(orders, items));
    view.show(List.of(orders.planned(1, AT.plusMillis(300)), items));
    view.show(
        List.of(
            orders.done(1, 1_234, AT.plusMillis(1_500)),
            items.failed(2, new RunFailure("SOURCE_MISSING", "no table"), AT)));
    assertThat(out.toString().lines())
        .containsExactly(
            "  orders                       requested",
            "  items                        requested",
            "  orders                       extracting",
            "  orders                       done       1,234 rows in 1.5 s",
            "  items                        failed     SOURCE_MISSING: no table");
  }

  @Test
  void whatHoldsATableUpIsSaidOnceAndForgottenWhenItGetsOn() {
    ProgressView view = new ProgressView(new PrintWriter(out), false);
    TableProgress orders = TableProgress.requested("orders", "r1", AT);
    view.show(List.of(orders.troubled("no login")));
    view.show(List.of(orders.troubled("no login")));
    view.show(List.of(orders.troubled("no login").planned(1, AT)));
    assertThat(out.toString().lines())
        .containsExactly(
            "  orders                       requested  trouble: no login",
            "  orders                       extracting");
  }

  @Test
  void wideLettersDoNotWrapEither() {
    ProgressView view = new ProgressView(new PrintWriter(out), true);
    view.show(List.of(TableProgress.requested("orders", "r", AT).troubled("列の名前".repeat(20))));
    assertThat(DisplayWidth.of(out.toString().strip().replace("\u001b[2K", ""))).isLessThan(80);
  }

  @Test
  void moreTablesThanATerminalHasLinesAreNotRedrawn() {
    ProgressView view = new ProgressView(new PrintWriter(out), true);
    List<TableProgress> tables =
        IntStream.range(0, 30)
            .mapToObj(n -> TableProgress.requested("table_" + n, "r" + n, AT))
            .toList();
    view.show(tables);
    view.show(tables);
    assertThat(out.toString()).doesNotContain("\u001b").hasLineCount(30);
  }

  @Test
  void linesAreRedrawnAndNeverWrapOnATerminal() {
    ProgressView view = new ProgressView(new PrintWriter(out), true);
    TableProgress orders = TableProgress.requested("orders", "r1", AT);
    view.show(List.of(orders));
    view.show(List.of(orders.failed(1, new RunFailure("X", "long ".repeat(50)), AT)));
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).startsWith("\u001b[1A\u001b[2K  orders").endsWith("…");
    assertThat(lines.get(1).replaceAll("\u001b\\[[0-9]*[A-Z]", "")).hasSize(79);
  }
}
