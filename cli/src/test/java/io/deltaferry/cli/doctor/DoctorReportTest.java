package io.deltaferry.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorReportTest {
  private static final List<Diagnosis> ALL =
      List.of(
          new Diagnosis("bucket", "exists", Finding.ok("gs://b in US")),
          new Diagnosis(
              "topic",
              "orders",
              Finding.missing("no such topic", Remedy.shell("gcloud pubsub topics create orders"))),
          new Diagnosis("roles", "on a", Finding.notChecked("no IAM here")),
          new Diagnosis("roles", "on b", Finding.notChecked("no IAM here")),
          new Diagnosis("roles", "on c", Finding.notChecked("not visible")),
          new Diagnosis("rules", "1", Finding.notChecked("x")),
          new Diagnosis("rules", "2", Finding.notChecked("x")),
          new Diagnosis("rules", "3", Finding.notChecked("x")),
          new Diagnosis("rules", "4", Finding.notChecked("x")),
          new Diagnosis(
              "table t",
              "cursor",
              Finding.warning(
                  "no index",
                  Remedy.sql("CREATE INDEX ON t (c);"),
                  Remedy.advice("or wait longer"))));

  @Test
  void aPersonSeesALineForEachAndWhatMendsItBelow() {
    assertThat(DoctorReport.lines(ALL, false))
        .containsExactly(
            "state        area     check            found",
            "───────────  ───────  ───────────────  ─────────────",
            "ok           bucket   exists           gs://b in US",
            "missing      topic    orders           no such topic",
            "             $ gcloud pubsub topics create orders",
            "not checked  roles    on a, on b       no IAM here",
            "not checked  roles    on c             not visible",
            "not checked  rules    1 .. (4 checks)  x",
            "warning      table t  cursor           no index",
            "             sql> CREATE INDEX ON t (c);",
            "             -> or wait longer",
            "",
            "10 checks: 1 ok, 1 warning, 1 missing, 7 not checked");
  }

  @Test
  void aTerminalShowsTheStatesInColours() {
    assertThat(DoctorReport.lines(ALL, true))
        .contains(
            "\u001b[32mok\u001b[0m           bucket   exists           gs://b in US",
            "\u001b[1;31mmissing\u001b[0m      topic    orders           no such topic");
  }

  @Test
  void aProgramSeesAnObjectForEach() {
    assertThat(DoctorReport.json(ALL.get(9)))
        .isEqualTo(
            "{\"area\":\"table t\",\"check\":\"cursor\",\"state\":\"warning\",\"found\":\"no index\","
                + "\"remedies\":[{\"kind\":\"sql\",\"text\":\"CREATE INDEX ON t (c);\"},"
                + "{\"kind\":\"advice\",\"text\":\"or wait longer\"}]}");
    assertThat(DoctorReport.json(ALL.get(2))).contains("\"state\":\"not_checked\"");
  }
}
