package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.DoctorStack.Running;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one broken thing changes in doctor's lines, and that nothing else changes.
 *
 * @param line area and check of the line that changes
 * @param state what it turns to
 * @param found part of what it says
 * @param remedies what it says in the end, as kind and text
 * @param hidden lines that cannot be checked meanwhile
 */
record Symptom(
    String line, String state, String found, List<String> remedies, List<String> hidden) {
  private static final Pattern NOTIFICATION = Pattern.compile("notification (\\d+) ");

  static Symptom missing(String line, String found, String... remedies) {
    return new Symptom(line, "missing", found, List.of(remedies), List.of());
  }

  static Symptom warning(String line, String found, String... remedies) {
    return new Symptom(line, "warning", found, List.of(remedies), List.of());
  }

  Symptom hiding(String... lines) {
    return new Symptom(line, state, found, remedies, List.of(lines));
  }

  /** With the names that only this stack has: the merger's address, a notification's number. */
  Symptom here(Running stack, DoctorLines ill) {
    Matcher id = NOTIFICATION.matcher(ill.found(line));
    String number = id.find() ? id.group(1) : "";
    return new Symptom(
        line,
        state,
        found,
        remedies.stream()
            .map(remedy -> remedy.replace("=MERGER ", "=" + stack.stack().ready().merger() + " "))
            .map(remedy -> remedy.replaceFirst("/ID$", "/" + number))
            .toList(),
        hidden);
  }

  void assertSole(DoctorLines healthy, DoctorLines ill) {
    assertThat(ill.state(line)).as(ill.line(line).toString()).isEqualTo(state);
    assertThat(ill.found(line)).contains(found);
    assertThat(ill.remedies(line)).isEqualTo(remedies);
    assertThat(ill.names()).isEqualTo(healthy.names());
    assertThat(hidden).allSatisfy(name -> assertThat(ill.state(name)).isEqualTo("not_checked"));
    assertThat(
            healthy.names().stream()
                .filter(name -> !name.equals(line) && !hidden.contains(name))
                .filter(name -> !ill.state(name).equals(healthy.state(name)))
                .map(ill::line))
        .as("no other line changes")
        .isEmpty();
  }
}
