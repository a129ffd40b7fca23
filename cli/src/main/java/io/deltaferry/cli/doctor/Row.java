package io.deltaferry.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** What stands in one line for a person: a check, or neighbours that nobody could look at. */
record Row(Diagnosis first, List<String> names) {
  /** As many names as a line bears. */
  private static final int NAMED = 3;

  Row {
    names = List.copyOf(names);
  }

  static List<Row> of(List<Diagnosis> diagnoses) {
    List<Row> rows = new ArrayList<>();
    for (Diagnosis diagnosis : diagnoses) {
      Row last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
      if (last != null && last.takes(diagnosis)) {
        rows.set(rows.size() - 1, last.with(diagnosis.name()));
      } else {
        rows.add(new Row(diagnosis, List.of(diagnosis.name())));
      }
    }
    return rows;
  }

  State state() {
    return first.state();
  }

  List<Remedy> remedies() {
    return first.finding().remedies();
  }

  List<String> cells() {
    String name =
        names.size() > NAMED
            ? names.get(0) + " .. (" + names.size() + " checks)"
            : String.join(", ", names);
    return List.of(state().word(), first.area(), name, first.finding().found());
  }

  private boolean takes(Diagnosis next) {
    return state() == State.NOT_CHECKED
        && remedies().isEmpty()
        && next.area().equals(first.area())
        && next.finding().equals(first.finding());
  }

  private Row with(String name) {
    List<String> more = new ArrayList<>(names);
    more.add(name);
    return new Row(first, more);
  }
}
