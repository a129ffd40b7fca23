package io.deltaferry.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltaferry.message.Messages;
import io.deltaferry.service.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of a deployment as the Makefile has them, up to where they need a network. */
class MakefileIT {
  private static final Path PROJECT = Path.of("..");

  @BeforeEach
  void makeIsThere() {
    boolean installed =
        Pattern.compile(":")
            .splitAsStream(System.getenv("PATH"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "make")));
    Assumptions.assumeTrue(installed, "make is not installed: its targets are not tried");
  }

  @Test
  void theListNamesEveryTarget() throws IOException {
    String makefile = Files.readString(PROJECT.resolve("Makefile"));
    Matcher phony = Pattern.compile("\\.PHONY: (.*)").matcher(makefile);
    assertThat(phony.find()).isTrue();
    assertThat(make().lines().map(line -> line.substring(0, line.indexOf(' '))))
        .containsExactlyElementsOf(Pattern.compile(" ").splitAsStream(phony.group(1)).toList());
  }

  /** Without the builds themselves, whose images lie here already. */
  @Test
  void aPushLeavesDigestsForTerraform(@TempDir Path deployment) throws IOException {
    String repository = "europe-west1-docker.pkg.dev/my-project/deltaferry";
    make("push", "MAVEN=true", "REPOSITORY=" + repository, "DEPLOYMENT=" + deployment);
    JsonNode images =
        new JsonMapper()
            .readTree(deployment.resolve("images.auto.tfvars.json").toFile())
            .path("images");
    assertThat(images.properties()).extracting(Object::toString).hasSize(3);
    for (String service : Launch.SERVICES) {
      assertThat(images.path(service).asText())
          .matches(Pattern.quote(repository + "/deltaferry-" + service) + "@sha256:[0-9a-f]{64}");
    }
  }

  @Test
  void aPushToNowhereSaysWhatIsMissing(@TempDir Path deployment) {
    assertThat(fail("push", "MAVEN=true", "DEPLOYMENT=" + deployment)).contains("REPOSITORY=");
    assertThat(fail("sync", "PROJECT=p")).contains("TABLE=");
  }

  @Test
  void aRequestIsWhatTheExtractorReads() {
    String command = make("-n", "sync", "PROJECT=p", "TABLE=orders", "PREFIX=shop-");
    String topic = "shop-" + Topology.DEFAULT.topics().extractRequests();
    Matcher published =
        Pattern.compile(
                "gcloud pubsub topics publish " + topic + " --project=p --message='(.*)'$",
                Pattern.MULTILINE)
            .matcher(command);
    assertThat(published.find()).as(command).isTrue();
    assertThat(Messages.extractRequest(published.group(1)).table()).isEqualTo("orders");
  }

  /** A profile that no POM has would be passed over with a warning, and the image lack its base. */
  @Test
  void everyProfileExists() throws IOException {
    String poms =
        Files.readString(PROJECT.resolve("service-parent/pom.xml"))
            + Files.readString(PROJECT.resolve("cli/pom.xml"));
    Matcher profiles =
        Pattern.compile("-P(\\S+)").matcher(Files.readString(PROJECT.resolve("Makefile")));
    assertThat(
            profiles.results().flatMap(found -> Pattern.compile(",").splitAsStream(found.group(1))))
        .isNotEmpty()
        .allSatisfy(profile -> assertThat(poms).contains("<id>" + profile + "</id>"));
  }

  private static String make(String... arguments) {
    return Commands.succeed(PROJECT, command(arguments));
  }

  private static String fail(String... arguments) {
    Commands.Ended ended =
        Commands.run(new ProcessBuilder(command(arguments)).directory(PROJECT.toFile()));
    assertThat(ended.code()).as(ended.output()).isNotZero();
    return ended.output();
  }

  private static String[] command(String... arguments) {
    return Stream.concat(Stream.of("make", "--no-print-directory"), Stream.of(arguments))
        .toArray(String[]::new);
  }
}
