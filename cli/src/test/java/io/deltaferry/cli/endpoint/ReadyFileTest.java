package io.deltaferry.cli.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.table.TableConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyFileTest {
  private static final ReadyStack STACK =
      new ReadyStack(
          true,
          "p",
          "http://127.0.0.1:1",
          "http://127.0.0.1:2",
          "127.0.0.1:3",
          "r",
          "e",
          "l",
          "m",
          "/data");
  private static final String SOURCE = "jdbc:postgresql://127.0.0.1:5432/shop?user=me";
  private static final String TABLES =
      """
      source: {url: "${NOT_SET_IN_THIS_SHELL}"}
      target: {project: shop-1, dataset: d, staging_dataset: s, control_dataset: c, location: US}
      bucket: some-bucket
      defaults: {cursor: at}
      tables:
        orders: {source: a.orders}
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @Test
  void theLineHoldsTheAnnouncementAndNothingElse() {
    assertThat(ReadyFile.line(STACK))
        .isEqualTo(
            "{\"ready\":true,\"project\":\"p\",\"bigquery\":\"http://127.0.0.1:1\","
                + "\"storage\":\"http://127.0.0.1:2\",\"pubsub\":\"127.0.0.1:3\","
                + "\"pubsub_rest\":\"r\",\"extractor\":\"e\",\"loader\":\"l\",\"merger\":\"m\","
                + "\"data_dir\":\"/data\"}");
  }

  @Test
  void theFileLeadsToTheStackAndItsTablesWhileItsProcessLives() throws IOException {
    ReadyFile file = new ReadyFile(directory);
    assertThat(file.read()).isEmpty();
    Path tables = Files.writeString(directory.resolve("tables.yaml"), TABLES);
    file.write(STACK, tables, SOURCE);
    assertThat(file.read()).contains(STACK);
    assertThat(file.tableFile()).isEqualTo(tables);
    Deployment found = Deployment.find(directory, null, Map.of());
    assertThat(Located.find(directory, null, Map.of()).source()).isEqualTo(SOURCE);
    assertThat(found.clients().project()).isEqualTo("shop-1");
    found.clients().pubSub().orElseThrow().close();
    assertThat(found.tables().tables()).extracting(TableConfig::name).containsExactly("orders");
    assertThat(found.logs()).isEqualTo(directory.resolve("logs"));
    file.delete();
    assertThat(file.read()).isEmpty();
  }

  @Test
  void theFileOfAKilledProcessIsNotBelieved() throws IOException {
    ReadyFile file = new ReadyFile(directory);
    file.write(STACK, directory.resolve("tables.yaml"), SOURCE);
    Path ready = directory.resolve("ready.json");
    Files.writeString(
        ready,
        Files.readString(ready).replaceAll("\"pid\":[0-9]+", "\"pid\":" + Integer.MAX_VALUE));
    assertThat(file.read()).isEmpty();
    assertThatThrownBy(() -> Deployment.find(directory, null, Map.of()))
        .hasMessageContaining("no local stack runs on " + directory);
  }

  /** In a container every process that is started has the number of the killed one. */
  @Test
  void theFileOfAnEarlierProcessWithThisOnesNumberIsNotBelieved() throws IOException {
    ReadyFile file = new ReadyFile(directory);
    file.write(STACK, directory.resolve("tables.yaml"), SOURCE);
    Path ready = directory.resolve("ready.json");
    String content = Files.readString(ready);
    assertThat(content).contains("\"pid\":" + ProcessHandle.current().pid() + ",");
    Files.writeString(
        ready,
        content.replaceAll("\"started\":\"[^\"]*\"", "\"started\":\"2026-01-01T00:00:00Z\""));
    assertThat(file.read()).isEmpty();
  }

  @Test
  void aTableFileThatIsNamedBelongsToGoogleCloud() throws IOException {
    Path tables = Files.writeString(directory.resolve("tables.yaml"), TABLES);
    Deployment found = Deployment.find(null, tables.toString(), Map.of());
    assertThat(found.clients().project()).isEqualTo("shop-1");
    assertThat(found.clients().pubSub()).isEmpty();
    assertThat(found.logs()).isNull();
  }
}
