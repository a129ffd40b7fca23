package io.deltaferry.cli.doctor;

/** One check and what it found. */
public record Diagnosis(String area, String name, Finding finding) {
  static Diagnosis of(Check check, Finding finding) {
    return new Diagnosis(check.area(), check.name(), finding);
  }

  public State state() {
    return finding.state();
  }
}
