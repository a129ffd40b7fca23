package io.deltaferry.cli.model;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever happens, and in whatever order: nothing is lost, invented or doubled. */
class ModelCheckTest {
  private static final Tally TALLY = new Tally();

  /** As many histories as {@code model.tries} says. */
  @Property
  void noHistoryBreaksARule(@ForAll("histories") List<Action> history) {
    World world = new World(Sabotage.NONE);
    world.play(history);
    TALLY.add(history, world);
  }

  @Provide
  Arbitrary<List<Action>> histories() {
    return Histories.all();
  }

  @AfterContainer
  static void tell() {
    System.out.println(TALLY);
  }

  /** What was tried. */
  private static final class Tally {
    private long histories;
    private long actions;
    private long deliveries;
    private long faults;

    void add(List<Action> history, World world) {
      histories++;
      actions += history.size();
      deliveries += world.deliveries();
      faults += world.faults();
    }

    @Override
    public String toString() {
      return "model check: %d histories, %d actions, %d deliveries, %d faults that struck"
          .formatted(histories, actions, deliveries, faults);
    }
  }
}
