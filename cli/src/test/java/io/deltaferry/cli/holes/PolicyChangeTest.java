package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.ControlStore;
import io.deltaferry.table.TableRef;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A column that is hidden while a run that shows it is still under way. */
@Timeout(180)
class PolicyChangeTest {
  private static final String SEEN = "seen";

  /** What is switched off, of the run that shows the column. */
  private interface Rule {
    UnaryOperator<ControlStore> on(Line line);
  }

  private static final Rule ON = line -> UnaryOperator.identity();
  private static final Rule OFF = line -> RuleOff.laterPlans(line.run(1));

  @Test
  void beforeTheRunIsMerged() {
    assertThat(targetAfterALateMerge(ON)).isEmpty();
    assertThat(targetAfterALateMerge(OFF)).as("the raw values").containsOnly(SEEN);
  }

  private static List<String> targetAfterALateMerge(Rule rule) {
    Line line = started();
    line.instance().take(line.bus.next(Bus.To.LOADER));
    Line hidden = planAnew(line);
    refused(line, rule, line.bus.next(Bus.To.MERGER), rule == ON);
    List<String> merged =
        line.bench.warehouse.describe(target(line)).isEmpty()
            ? List.of()
            : line.rows("SELECT v FROM target.%s");
    bringsTheRest(hidden);
    return merged;
  }

  @Test
  void beforeTheRunIsLoaded() {
    Line line = started();
    Line hidden = planAnew(line);
    refused(line, ON, line.bus.next(Bus.To.LOADER), true);
    TableRef temp = new TableRef(Bench.PROJECT, "staging", line.table + "__1");
    assertThat(line.bench.warehouse.describe(temp)).isEmpty();
    bringsTheRest(hidden);
  }

  /** Its request comes again, to an extractor that has the new table file. */
  @Test
  void beforeTheRunIsRead() {
    Line line = Bench.shared().line();
    line.write(SEEN, 1, 2);
    line.request();
    Bus.Delivery request = line.bus.next(Bus.To.EXTRACTOR);
    try {
      line.instance().store(Moment.afterObject("plan.json", Moment.DEATH)).take(request);
    } catch (Moment.Death died) {
      line.bench.over(line.table, "source: public." + line.table, "exclude: [v]");
    }
    refused(line, ON, request, true);
    assertThat(new Everything(line).bucket("parts")).isEmpty();
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.FAILED);
  }

  /** A run that shows the column is staged. */
  private static Line started() {
    Line line = Bench.shared().line("run_expiry: 1m");
    line.write(SEEN, 1, 2);
    line.request();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    return line;
  }

  /** The next one hides it, and dies before it has told the other. */
  private static Line planAnew(Line line) {
    Line hidden =
        line.bench.over(
            line.table, "source: public." + line.table, "exclude: [v]", "run_expiry: 1m");
    line.bench.clock.forward(Duration.ofMinutes(2));
    hidden.request("hiding");
    Bus.Delivery request = hidden.bus.next(Bus.To.EXTRACTOR);
    try {
      hidden.instance().store(Moment.afterObject("plan.json", Moment.DEATH)).take(request);
    } catch (Moment.Death died) {
      return hidden;
    }
    throw new AssertionError("it did not die");
  }

  private static void refused(Line line, Rule rule, Bus.Delivery event, boolean expected) {
    Instance late = line.instance().store(rule.on(line));
    @Nullable DeltaferryException failure =
        catchThrowableOfType(DeltaferryException.class, () -> late.take(event));
    assertThat(failure != null && failure.code() == ErrorCode.POLICY_CHANGED).isEqualTo(expected);
  }

  /** The run that hides it goes on. */
  private static void bringsTheRest(Line hidden) {
    hidden.request("hiding");
    hidden.deliver(hidden.instance());
    assertThat(hidden.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(hidden.rows("SELECT id FROM target.%s ORDER BY id")).containsExactly("1", "2");
  }

  private static TableRef target(Line line) {
    return new TableRef(Bench.PROJECT, "target", line.table);
  }
}
