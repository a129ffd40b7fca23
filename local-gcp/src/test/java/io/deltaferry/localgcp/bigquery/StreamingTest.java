package io.deltaferry.localgcp.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.InsertAllRequest;
import com.google.cloud.bigquery.InsertAllResponse;
import com.google.cloud.bigquery.TableId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamingTest {
  private LocalServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = new LocalServer(directory).withDataset("st");
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private InsertAllRequest.Builder into(String table) throws InterruptedException {
    server.run(
        "CREATE TABLE st."
            + table
            + " (id INT64 NOT NULL, seen TIMESTAMP, amount NUMERIC, raw BYTES, tags ARRAY<STRING>,"
            + " place STRUCT<lat FLOAT64, day DATE>, doc JSON)");
    return InsertAllRequest.newBuilder(TableId.of("st", table));
  }

  @Test
  void everyKindOfValueArrives() throws Exception {
    InsertAllResponse response =
        server.client.insertAll(
            into("kinds")
                .addRow(
                    Map.of(
                        "id", 1,
                        "seen", "2024-02-29 12:00:00.5 UTC",
                        "amount", "12.345",
                        "raw", "AQI=",
                        "tags", List.of("a", "b"),
                        "place", Map.of("lat", 1.5, "day", "2024-01-01"),
                        "doc", "{\"k\": [1]}"))
                .addRow(Map.of("id", 2))
                .build());
    assertThat(response.hasErrors()).isFalse();
    assertThat(
            server.row(
                "SELECT CAST(seen AS STRING), CAST(amount AS STRING), TO_HEX(raw),"
                    + " ARRAY_LENGTH(tags), place.lat, CAST(place.day AS STRING) FROM st.kinds"
                    + " WHERE id = 1"))
        .containsExactly("2024-02-29 12:00:00.500+00", "12.345", "0102", "2", "1.5", "2024-01-01");
    assertThat(server.row("SELECT COUNT(*) FROM st.kinds")).containsExactly("2");
  }

  @Test
  void anInvalidRowStopsAllOrIsSkipped() throws Exception {
    InsertAllRequest.Builder request =
        into("some")
            .addRow(Map.of("id", 1))
            .addRow(Map.of("id", "x"))
            .addRow(Map.of("seen", "now"));
    InsertAllResponse stopped = server.client.insertAll(request.build());
    assertThat(stopped.getErrorsFor(0).get(0).getReason()).isEqualTo("stopped");
    assertThat(stopped.getErrorsFor(1).get(0).getReason()).isEqualTo("invalid");
    assertThat(stopped.getErrorsFor(2).get(0).getMessage())
        .isEqualTo("Missing required field: id.");
    assertThat(server.row("SELECT COUNT(*) FROM st.some")).containsExactly("0");
    InsertAllResponse skipped = server.client.insertAll(request.setSkipInvalidRows(true).build());
    assertThat(skipped.getInsertErrors()).hasSize(2);
    assertThat(server.row("SELECT COUNT(*) FROM st.some")).containsExactly("1");
  }

  @Test
  void anInsertIdIsTakenOnce() throws Exception {
    InsertAllRequest request =
        into("once").addRow("a", Map.of("id", 1)).addRow("b", Map.of("id", 2)).build();
    server.client.insertAll(request);
    server.client.insertAll(request);
    assertThat(server.row("SELECT COUNT(*) FROM st.once")).containsExactly("2");
  }

  @Test
  void freshRowsAreOutOfReachOfDmlForHalfAnHour() throws Exception {
    server.client.insertAll(into("buffer").addRow(Map.of("id", 1)).build());
    assertThatThrownBy(() -> server.run("DELETE FROM st.buffer WHERE id = 1"))
        .hasMessageContaining("would affect rows in the streaming buffer");
    server.run("INSERT INTO st.buffer (id) VALUES (2)");
    server.clock.advance(Duration.ofMinutes(31));
    server.run("DELETE FROM st.buffer WHERE id = 1");
    assertThat(server.row("SELECT COUNT(*) FROM st.buffer")).containsExactly("1");
  }

  @Test
  void aRequestWhoseRowsAreAllRefusedLeavesTheBufferEmpty() throws Exception {
    InsertAllResponse refused =
        server.client.insertAll(
            into("none").addRow(Map.of("id", "x")).setSkipInvalidRows(true).build());
    assertThat(refused.getInsertErrors()).hasSize(1);
    server.run("DELETE FROM st.none WHERE TRUE");
  }

  @Test
  void aRowThatNamesNoColumnTakesEveryDefault() throws Exception {
    server.run("CREATE TABLE st.defaults (n INT64 DEFAULT 7)");
    InsertAllResponse response =
        server.client.insertAll(
            InsertAllRequest.newBuilder(TableId.of("st", "defaults")).addRow(Map.of()).build());
    assertThat(response.hasErrors()).isFalse();
    assertThat(server.row("SELECT n FROM st.defaults")).containsExactly("7");
  }
}
