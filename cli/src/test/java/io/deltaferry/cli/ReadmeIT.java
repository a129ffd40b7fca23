package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every command of the README is run here, or named with what runs it. */
@ExtendWith(SharedStack.class)
class ReadmeIT {
  private static final ShellPage PAGE = ShellPage.read("README.md");
  private static final long COMMAND_SECONDS = 120;

  @Test
  void everyCommandOfOursWorks(SharedStack.Running stack) {
    for (String command : PAGE.commandsOf("./deltaferry")) {
      List<String> words =
          ShellPage.words(
              command
                  .replace("FROM shop.", "FROM target.")
                  .replace("FROM shop_control.", "FROM control."));
      switch (words.get(1)) {
        // DemoIT runs it; the stack of this test is started by the local command as shown.
        case "demo", "local" -> assertThat(help(words.get(1))).contains(options(words));
        case "sync", "backfill", "status", "dead-letters", "query" -> {
          CommandRun run = stack.run(words.subList(1, words.size()).toArray(String[]::new));
          boolean everyTable = command.equals("./deltaferry sync");
          // The shop of the tests has a table that does not exist, and says so.
          assertThat(run.exit())
              .as("%s: %s", command, run.err())
              .isEqualTo(everyTable ? ExitCode.FAILED : ExitCode.OK);
        }
        case "doctor" -> {
          CommandRun run = stack.run(words.subList(1, words.size()).toArray(String[]::new));
          assertThat(run.out().lines().filter(line -> line.startsWith("missing")))
              .as(run.out())
              .singleElement()
              .asString()
              .contains("no table or view \"shop\".\"no_such_table\"");
        }
        case "plan" -> {
          CommandRun run = stack.run(words.subList(1, words.size()).toArray(String[]::new));
          assertThat(run.out().lines().filter(line -> line.startsWith("  refused: ")))
              .as(run.out())
              .singleElement()
              .asString()
              .contains("no table or view \"shop\".\"no_such_table\"");
        }
        default -> throw new AssertionError("the README shows a command nobody runs: " + command);
      }
    }
  }

  @Test
  void googlesCommandsWork(SharedStack.Running stack, @TempDir Path directory)
      throws IOException, InterruptedException {
    if (Stream.of("gcloud", "bq").anyMatch(tool -> !isInstalled(tool))) {
      String reason = "skipped: the Google Cloud SDK (gcloud, bq) is not installed";
      System.out.println("ReadmeIT.googlesCommandsWork " + reason);
      Assumptions.abort(reason);
    }
    stack.run("sync", "orders");
    String block =
        PAGE.blocks("sh").stream()
            .filter(text -> text.contains("gcloud"))
            .findFirst()
            .orElseThrow();
    String output = shell(here(block, stack.ready(), directory), directory);
    assertThat(output)
        .contains("messageIds")
        .containsPattern("gs://shop-local-staging/manifests/orders/[0-9]+\\.json")
        .contains("1000");
  }

  @Test
  void theTableFileIsOne() {
    TableFile file =
        TableCatalog.read(PAGE.blocks("yaml").get(0), Map.of("SHOP_PASSWORD", "not in the file"));
    assertThat(file.tables()).hasSize(2);
  }

  @Test
  void everyLinkLeadsSomewhere() {
    Matcher link = Pattern.compile("]\\(([^)#:]+)\\)").matcher(PAGE.text());
    List<String> broken = new ArrayList<>();
    while (link.find()) {
      if (!Files.exists(Path.of("..").resolve(link.group(1)))) {
        broken.add(link.group(1));
      }
    }
    assertThat(broken).isEmpty();
  }

  /** The README's names and usual ports, as this stack has them. */
  private static String here(String block, JsonNode ready, Path directory) {
    return block
        .replace("http://127.0.0.1:8086", ready.path("pubsub_rest").asText())
        .replace("http://127.0.0.1:9023", ready.path("storage").asText())
        .replace("http://127.0.0.1:9050", ready.path("bigquery").asText())
        .replace("/tmp/token", directory.resolve("token").toString())
        .replace("deltaferry-local", "shop-local")
        .replace("flights", "orders");
  }

  private static String shell(String script, Path directory)
      throws IOException, InterruptedException {
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-e", "-c", script)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("CLOUDSDK_CONFIG", directory.resolve("config").toString());
    builder.environment().put("HOME", directory.toString());
    Process process = builder.start();
    boolean ended = process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(text).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  private static boolean isInstalled(String tool) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }

  private static String help(String command) {
    return CommandRun.of(command, "--help").out();
  }

  private static List<String> options(List<String> words) {
    return Stream.concat(Stream.of("Usage:"), words.stream().filter(word -> word.startsWith("--")))
        .toList();
  }
}
