package io.deltaferry.cli.model;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories that broke a rule once, with their fault at each call. */
class FoundHistoriesTest {
  private static final int CALLS = 40;

  @ParameterizedTest
  @ValueSource(strings = {"a corrected stamp", "a request between two runs"})
  void breaksNothingAnyMore(String history) {
    for (int call = 1; call <= CALLS; call++) {
      new World(Sabotage.NONE).play(history(history, call));
    }
  }

  private static List<Action> history(String name, int call) {
    return name.equals("a corrected stamp")
        ? Scripts.correctedStamp(call)
        : Scripts.requestBetweenTwoRuns(call);
  }
}
