package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.message.SyncOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Tables of whose changes a log tells, which triggers write. */
final class Logged {
  private Logged() {}

  /**
   * A new table with the columns id, v and w, and its log.
   *
   * @param settings of the table file
   */
  static Line line(String... settings) {
    return told("{table: public.%1$s_log, key: object_id, action: action, time: at}", settings);
  }

  /**
   * The same.
   *
   * @param log of the table file, with the table's name in it
   */
  static Line told(String log, String... settings) {
    Bench bench = Bench.shared();
    String name = bench.newName();
    bench.postgres.run(
        "CREATE TABLE public.%s (id int PRIMARY KEY, v text, w text)".formatted(name));
    withLog(bench, name, "id");
    return over(name, log, settings);
  }

  /** The way of a table that is there. */
  static Line over(String name, String log, String... settings) {
    List<String> all = new ArrayList<>();
    all.add("mode: change_log");
    all.add("clock_margin: 0s");
    all.add("change_log: " + log.formatted(name));
    all.addAll(Arrays.asList(settings));
    return Bench.shared().copied(name, all.toArray(String[]::new));
  }

  /** A log of a table, as people make it by hand. */
  static void withLog(Bench bench, String name, String key) {
    Stream.of(
            """
            CREATE TABLE public.%1$s_log (
              id bigserial PRIMARY KEY, object_id text, action text, at timestamptz, fields text[])""",
            """
            CREATE FUNCTION public.%1$s_logged() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN RETURN NULL; END IF;
              INSERT INTO public.%1$s_log (object_id, action, at, fields)
              VALUES (CASE WHEN TG_OP = 'DELETE' THEN OLD.%2$s ELSE NEW.%2$s END, TG_OP, clock_timestamp(),
                CASE WHEN TG_OP = 'UPDATE' THEN ARRAY(
                  SELECT n.key FROM jsonb_each(to_jsonb(NEW)) n
                  JOIN jsonb_each(to_jsonb(OLD)) o ON o.key = n.key
                  WHERE o.value IS DISTINCT FROM n.value) END);
              RETURN NULL;
            END $$""",
            """
            CREATE TRIGGER logged AFTER INSERT OR UPDATE OR DELETE ON public.%1$s
            FOR EACH ROW EXECUTE FUNCTION public.%1$s_logged()""")
        .forEach(sql -> bench.postgres.run(sql.formatted(name, key)));
  }

  /** With as many rows, synced until its watermark is the newest entry of the log. */
  static Line settled(Line line, int rows) {
    run(
        line,
        "INSERT INTO public.%s SELECT i, 'first', 'w' FROM generate_series(1, " + rows + ") i");
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    line.sync();
    assertThat(watermark(line)).isEqualTo(newest(line));
    return line;
  }

  static void run(Line line, String sql) {
    line.bench.postgres.run(sql.formatted(line.table));
  }

  /** Rows that were not there, or have another value. */
  static void write(Line line, String v, int... ids) {
    for (int id : ids) {
      run(
          line,
          "INSERT INTO public.%%s VALUES (%d, '%s') ON CONFLICT (id) DO UPDATE SET v = EXCLUDED.v"
              .formatted(id, v));
    }
  }

  static void delete(Line line, int... ids) {
    for (int id : ids) {
      run(line, "DELETE FROM public.%s WHERE id = " + id);
    }
  }

  static List<String> deleted(Line line) {
    return line.rows("SELECT id FROM target.%s WHERE _deleted ORDER BY id");
  }

  static String watermark(Line line) {
    return line.rows("SELECT next_low FROM control.state__%s").get(0);
  }

  static String newest(Line line) {
    return String.valueOf(
        line.bench
            .postgres
            .column("SELECT max(id)::text FROM public.%s_log".formatted(line.table))
            .get(0));
  }

  /** Of the newest merged run. */
  static String reason(Line line) {
    return line.rows(
            "SELECT low_reason FROM control.sync_runs WHERE table_name = '%s' ORDER BY seq DESC LIMIT 1")
        .get(0);
  }
}
