package io.deltaferry.localgcp.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Many tables read as one by a path that ends with a star. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WildcardTest {
  private LocalServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = new LocalServer(directory).withDataset("w");
    server.run("CREATE TABLE w.day_one AS SELECT 1 AS n, 'gone' AS old_column");
    server.clock.advance(Duration.ofSeconds(1));
    server.run("CREATE TABLE w.day_two AS SELECT 2 AS n, 'new' AS more");
    server.run("CREATE TABLE w.other AS SELECT 9 AS n");
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @Test
  void hasTheColumnsOfTheNewest() throws Exception {
    assertThat(server.rows("SELECT * FROM `w.day_*` ORDER BY n"))
        .containsExactly(row("1", null), row("2", "new"));
    assertThat(server.rows("SELECT * FROM `proj-1`.`w`.`day_*` ORDER BY n")).hasSize(2);
    assertThatThrownBy(() -> server.rows("SELECT old_column FROM `w.day_*`"))
        .hasMessageContaining("old_column");
  }

  @Test
  void saysWhichTableARowIsOf() throws Exception {
    assertThat(
            server.rows(
                "SELECT _TABLE_SUFFIX AS t, d.n FROM `w.day_*` AS d"
                    + " WHERE d._TABLE_SUFFIX != 'one'"))
        .containsExactly(row("two", "2"));
  }

  @Test
  void aViewSeesTablesThatCameLater() throws Exception {
    server.run("CREATE TABLE w.late_a AS SELECT 1 AS n");
    server.run("CREATE VIEW w.all_late AS SELECT _TABLE_SUFFIX AS t, n FROM `w.late_*`");
    assertThat(server.rows("SELECT v.t, v.n FROM w.all_late AS v")).containsExactly(row("a", "1"));
    server.run("CREATE TABLE w.late_b AS SELECT 2 AS n");
    assertThat(server.rows("SELECT * FROM w.all_late WHERE n > 0 ORDER BY t"))
        .containsExactly(row("a", "1"), row("b", "2"));
    server.run("DROP TABLE w.late_a");
    assertThat(server.rows("SELECT t FROM w.all_late")).containsExactly(row("b"));
    assertThatThrownBy(() -> server.run("CREATE VIEW w.above AS SELECT t FROM w.all_late"))
        .hasMessageContaining("a view over a view of a wildcard table");
  }

  @Test
  void refusesWhatBigQueryRefuses() throws Exception {
    assertThatThrownBy(() -> server.rows("SELECT * FROM `w.nothing_*`"))
        .hasMessageContaining("nothing_* does not match any table");
    assertThatThrownBy(() -> server.run("DELETE FROM `w.day_*` WHERE TRUE"))
        .hasMessageContaining("day_*");
    server.run("CREATE TABLE w.mixed_a AS SELECT 'text' AS n");
    server.clock.advance(Duration.ofSeconds(1));
    server.run("CREATE TABLE w.mixed_b AS SELECT 1 AS n");
    assertThatThrownBy(() -> server.rows("SELECT n FROM `w.mixed_*`"))
        .hasMessageContaining("Cannot read field of type STRING as INT64 Field: n");
  }

  private static List<@Nullable String> row(@Nullable String... cells) {
    return Arrays.asList(cells);
  }
}
