package io.deltaferry.localgcp.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The {@code bq} command of the Google Cloud SDK against the endpoint. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BqCommandIT {
  private LocalServer server;
  private Path home;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    boolean installed = onPath("bq");
    if (!installed) {
      System.out.println("skipped: bq is not on the PATH (install the Google Cloud SDK)");
    }
    Assumptions.assumeTrue(installed, "bq is not on the PATH");
    home = directory.resolve("home");
    Files.createDirectories(home);
    Files.writeString(home.resolve("token"), "any text");
    server = new LocalServer(directory.resolve("data"));
  }

  @AfterAll
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private static boolean onPath(String command) {
    for (String folder : System.getenv("PATH").split(java.io.File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder).resolve(command))) {
        return true;
      }
    }
    return false;
  }

  private String bq(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("bq", "--api", server.url(), "--project_id", LocalServer.PROJECT, "--quiet"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLOUDSDK_CONFIG", home.toString());
    builder.environment().put("HOME", home.toString());
    builder.environment().put("CLOUDSDK_AUTH_ACCESS_TOKEN_FILE", home.resolve("token").toString());
    Path output = Files.createTempFile(home, "bq", ".txt");
    Process process = builder.redirectOutput(output.toFile()).start();
    boolean ended = process.waitFor(90, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as("bq ended: %s", text).isTrue();
    return text;
  }

  @Test
  void aSessionOfBqWorks() throws Exception {
    assertThat(bq("mk", "--dataset", "proj-1:cli")).contains("'proj-1:cli' successfully created");
    assertThat(bq("mk", "--table", "cli.t", "id:INTEGER,name:STRING"))
        .contains("'proj-1:cli.t' successfully created");
    assertThat(bq("ls")).contains("cli");
    assertThat(bq("ls", "cli")).contains("t").contains("TABLE");
    assertThat(
            bq("query", "--use_legacy_sql=false", "INSERT INTO cli.t (id, name) VALUES (7, 'x')"))
        .contains("Number of affected rows: 1");
    assertThat(bq("--format=csv", "query", "--use_legacy_sql=false", "SELECT * FROM cli.t"))
        .contains("id,name")
        .contains("7,x");
    assertThat(bq("show", "cli.t")).contains("id: integer").contains("name: string");
    assertThat(bq("--format=csv", "head", "cli.t")).contains("7,x");
    assertThat(bq("query", "--use_legacy_sql=false", "SELECT nothing FROM cli.t"))
        .contains("nothing");
    assertThat(bq("query", "SELECT 1")).contains("Legacy SQL");
    assertThat(bq("rm", "-f", "-r", "cli")).doesNotContain("error");
    assertThat(server.client.getDataset("cli")).isNull();
  }
}
