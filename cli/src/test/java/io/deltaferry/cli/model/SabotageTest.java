package io.deltaferry.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens where one rule is not kept, with the histories that need it. */
class SabotageTest {
  private static final int MOST_CALLS = 40;

  /** Wherever the fault strikes, all is well as long as the rules hold; and only as long. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void onlyTheRuleKeepsTheRows(Sabotage sabotage) {
    assertThat(broken(Sabotage.NONE, sabotage)).isEmpty();
    assertThat(broken(sabotage, sabotage).findFirst()).as("without the rule").isPresent();
  }

  /** What the script's histories break, as long as the other rules hold. */
  private static Stream<String> broken(Sabotage world, Sabotage script) {
    return IntStream.rangeClosed(1, MOST_CALLS)
        .boxed()
        .flatMap(
            call -> {
              try {
                new World(world).play(Scripts.of(script, call));
                return Stream.empty();
              } catch (Broken e) {
                return Stream.of(e.getMessage());
              }
            });
  }
}
