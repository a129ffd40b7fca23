package io.deltaferry.table;

import static io.deltaferry.table.WrongTableFile.HEAD;
import static io.deltaferry.table.WrongTableFile.ORDERS;
import static io.deltaferry.table.WrongTableFile.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a table file as a whole, and where. */
class TableFileProblemsTest {
  static Stream<Arguments> heads() {
    return Stream.of(
        arguments(
            "user: deltaferry",
            "user: d\n  password:hunter2: x",
            "4: source.password: needs a space after its colon"),
        arguments(
            "bucket: my-project-deltas",
            "bucket: gs://deltas/x",
            "7: bucket: 'gs://deltas/x' is not a bucket name: leave gs:// and any path away"),
        arguments(
            "bucket: my-project-deltas",
            "bucket: Deltas",
            "7: bucket: 'Deltas' is not a bucket name: 3 to 63 lower-case letters, digits, -, _ or ."),
        arguments(
            "bucket: my-project-deltas",
            "bucket: my-project-deltas\ntopic_prefix: Shop_",
            "8: topic_prefix: 'Shop_' is not a prefix of topics: 1 to 40 lower-case letters, digits"
                + " or -, starting with a letter and not with goog"),
        arguments(
            "bucket: my-project-deltas",
            "",
            "1: bucket: is missing; name the bucket to stage deltas in"),
        arguments(
            "project: my-project",
            "project: My Project",
            "5: target.project: 'My Project' is not a project id: 6 to 30 lower-case letters, digits or -"),
        arguments(
            "project: my-project",
            "location: US",
            "4: target.project: is missing; name the Google Cloud project"),
        arguments(
            "dataset: shop",
            "dataset: my-shop",
            "6: target.dataset: 'my-shop' is not a dataset id: use letters, digits and _"),
        arguments(
            "dataset: shop",
            "dataset: shop\n  control_dataset: shop",
            "4: target: dataset, staging_dataset and control_dataset must be three datasets"),
        arguments(
            "user: deltaferry",
            "password: ${NOPE}\n  user: d",
            "3: source.password: ${NOPE} is not set in the environment"),
        arguments(
            "user: deltaferry",
            "iam_auth: false",
            "1: source.user: is missing; name the database role"),
        arguments(
            "user: deltaferry",
            "user: d\n  iam_auth: true",
            "4: source.iam_auth: works with 'alloydb' and 'cloudsql', not with 'url'"),
        arguments(
            "user: deltaferry",
            "user: d\n  max_sessions: 0",
            "4: source.max_sessions: '0' is out of range; 1 to 1000 sessions may read at a time"),
        arguments(
            "user: deltaferry",
            "user: d\n  database: shop",
            "4: source.database: is part of 'url'; remove it here"),
        arguments(
            "user: deltaferry",
            "user: d\n  properties: {password: x}",
            "4: source.properties.password: has a key of its own: source.password"),
        arguments(
            "user: deltaferry",
            "user: d\n  password: {secret: shop}",
            "4: source.password.secret: 'shop' is not a secret's full name: projects/../secrets/../versions/latest"),
        arguments(
            "db.example.com/shop",
            "u:hunter2@h/shop",
            "3: source.user: is already given in 'url'; remove one of the two"),
        arguments(
            "jdbc:postgresql://db.example.com/shop",
            "mysql://u:hunter2@h/d",
            "2: source.url: must have the form jdbc:postgresql://host:5432/database or postgresql://user:password@host:5432/database"),
        arguments(
            "url: jdbc:postgresql://db.example.com/shop",
            "cloudsql: shop\n  database: d",
            "2: source.cloudsql: 'shop' is not a Cloud SQL connection name: project:region:instance"),
        arguments(
            "url: jdbc:postgresql://db.example.com/shop",
            "cloudsql: p-1:r:i",
            "1: source.database: is missing; name the database"),
        arguments(
            "url: jdbc:postgresql://db.example.com/shop\n",
            "\n",
            "1: source: needs exactly one of 'url', 'alloydb' and 'cloudsql'"),
        arguments(
            "tables:",
            "defaults: {filter: a}\ntables:",
            "8: defaults.filter: cannot be a default, it belongs to one table"),
        arguments(
            "tables:",
            "defaults: {latenes: 1s}\ntables:",
            "8: defaults.latenes: unknown key, did you mean 'lateness'?"),
        arguments(
            "tables:",
            "defaults: {lateness: x}\ntables:",
            "8: defaults.lateness: 'x' is not a duration; write 90s, 15m, 2h, 1h30m or ISO PT15M"));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void saysWhatIsWrongWithTheRest(String right, String wrong, String expected) {
    assertThat(HEAD).contains(right);
    assertThat(problems(HEAD.replace(right, wrong) + ORDERS))
        .containsExactly("tables.yaml:" + expected);
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        arguments("", "1: the file is empty"),
        arguments("- a", "1: the file must hold keys and values, one a line"),
        arguments("a: b\n  c: d", "2: not valid YAML: mapping values are not allowed here"),
        arguments(
            "source: *hunter2", "1: not valid YAML: a value that starts with * must be quoted"),
        arguments("a: 1\n---\nb: 2", "2: not valid YAML: but found another document"),
        arguments("a: 1\nb: \u0007", "2: not valid YAML: it holds a control character"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void saysWhereTheYamlBreaks(String text, String expected) {
    assertThat(problems(text)).containsExactly("tables.yaml:" + expected);
  }

  @Test
  void tellsAllProblemsAtOnceInTheOrderOfTheFile() {
    String text =
        """
        tables:
          orders:
            source: public.orders
            lateness: soon
          items:
            query: SELECT 1
            key: [a]
            cursor: c
            prioritty: 1
        target: {project: p, dataset: shop}
        sorce: x
        """;

    assertThat(problems(text))
        .containsExactly(
            "tables.yaml:1: source: is missing; say which database to read",
            "tables.yaml:1: bucket: is missing; name the bucket to stage deltas in",
            "tables.yaml:2: tables.orders.cursor: is missing; incremental needs the column that"
                + " grows with every change",
            "tables.yaml:4: tables.orders.lateness: 'soon' is not a duration; write 90s, 15m, 2h,"
                + " 1h30m or ISO PT15M",
            "tables.yaml:9: tables.items.prioritty: unknown key, did you mean 'priority'?",
            "tables.yaml:10: target.project: 'p' is not a project id: 6 to 30 lower-case letters,"
                + " digits or -",
            "tables.yaml:11: sorce: unknown key, did you mean 'source'?");
  }
}
