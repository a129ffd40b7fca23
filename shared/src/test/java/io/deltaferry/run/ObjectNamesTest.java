package io.deltaferry.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ObjectNamesTest {
  @Property
  void aLaterRunIsListedFirst(@ForAll @LongRange(min = 1, max = RunId.MAX_SEQ - 1) long seq) {
    String now = ObjectNames.plan(new RunId("orders", seq));
    String next = ObjectNames.plan(new RunId("orders", seq + 1));
    assertThat(next).isLessThan(now);
  }

  @Property
  void theRunIsReadBack(@ForAll @LongRange(min = 1, max = RunId.MAX_SEQ) long seq) {
    RunId run = new RunId("orders", seq);
    assertThat(ObjectNames.runOf(ObjectNames.end(run))).contains(run);
    assertThat(ObjectNames.runOfManifest(ObjectNames.manifest(run))).contains(run);
  }

  /** Or the parts of one that was given up for dead would mix with those that count. */
  @Test
  void everyAttemptHasAPathOfItsOwn() {
    RunId run = new RunId("orders", 7);
    assertThat(ObjectNames.partsPrefix(run, "0.1", "a"))
        .isEqualTo("parts/orders/7/0.1/a/")
        .isNotEqualTo(ObjectNames.partsPrefix(run, "0.1", "b"))
        .isNotEqualTo(ObjectNames.partsPrefix(run, "0.0", "a"))
        .isNotEqualTo(ObjectNames.partsPrefix(new RunId("orders", 8), "0.1", "a"));
  }

  /** Some locales write other digits, which neither sort nor read back. */
  @Test
  void theMachinesLocaleDoesNotMatter() {
    RunId run = new RunId("orders", 7);
    String end = ObjectNames.end(run);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      assertThat(String.format("%d", 7)).as("the locale has its own digits").isNotEqualTo("7");
      assertThat(ObjectNames.end(run)).isEqualTo(end);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void otherObjectsBelongToNoRun() {
    assertThat(ObjectNames.runOfManifest("parts/orders/1/0/a/00000")).isEmpty();
    assertThat(ObjectNames.runOfManifest("manifests/orders/1.json.tmp")).isEmpty();
    assertThat(ObjectNames.runOf("control/orders/plan.json")).isEmpty();
  }
}
