package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.message.SyncOutcome;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A column that comes to a source of which something is hidden. */
@Timeout(180)
class QuarantinedColumnTest {
  private static final String COLUMNS =
      "SELECT column_name FROM target.INFORMATION_SCHEMA.COLUMNS WHERE table_name = '%s'";

  @Test
  void waitsUntilSomebodyDecides() {
    Line line = Bench.shared().line("exclude: [v]");
    assertWaits(line, "source: public." + line.table);
  }

  @Test
  void waitsInAQueryToo() {
    Line made = Bench.shared().line();
    String source = "query: SELECT * FROM public." + made.table;
    assertWaits(made.bench.over(made.table, source, "exclude: [v]", "key: [id]"), source);
  }

  private static void assertWaits(Line line, String source) {
    line.write("v", 1);
    line.sync();
    assertThat(line.rows(COLUMNS)).doesNotContain("v");

    line.bench.postgres.run("ALTER TABLE public.%s ADD ssn text DEFAULT 'x'".formatted(line.table));
    touch(line);
    line.sync();
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(plan(line, 2).quarantined()).containsExactly("ssn");
    assertThat(line.rows(COLUMNS)).doesNotContain("ssn");

    Line decided =
        line.bench.over(line.table, source, "exclude: [v]", "include: [ssn]", "key: [id]");
    touch(line);
    decided.request("decided");
    decided.deliver(decided.instance());
    assertThat(decided.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(plan(line, 3).quarantined()).isEmpty();
    assertThat(line.rows("SELECT ssn FROM target.%s")).isEqualTo(List.of("x"));
  }

  private static void touch(Line line) {
    line.bench.postgres.run(
        "UPDATE public.%s SET updated_at = clock_timestamp()".formatted(line.table));
  }

  private static RunPlan plan(Line line, long seq) {
    String name = ObjectNames.plan(line.run(seq));
    byte[] content = line.bench.storage.readAllBytes(Bench.BUCKET, name);
    return RunJson.read(name, new String(content, StandardCharsets.UTF_8), RunPlan.class);
  }
}
