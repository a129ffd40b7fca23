package io.deltaferry.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.endpoint.Located;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFileCheckTest {
  private static final String SOURCE =
      "source: {url: \"jdbc:postgresql://h/d\", user: me, password: \"${SHOP_PASSWORD}\"}\n";
  private static final String REST =
      """
      target: {project: shop-1, dataset: d}
      bucket: some-bucket
      defaults: {cursor: at}
      tables:
        orders: {source: a.orders}
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @Test
  void aFileWithoutMistakesIsInOrder() throws IOException {
    TableFileCheck check = read(SOURCE + REST, Map.of("SHOP_PASSWORD", "secret"));
    assertThat(check.look()).isEqualTo(Finding.ok("1 table"));
    assertThat(check.noSource()).isEmpty();
    assertThat(check.tables().orElseThrow().source().user()).isEqualTo("me");
  }

  @Test
  void aLoginThatThisShellDoesNotKnowIsNoMistakeOfTheFile() throws IOException {
    TableFileCheck check = read(SOURCE + REST, Map.of());
    assertThat(check.look()).isEqualTo(Finding.ok("1 table"));
    assertThat(check.noSource())
        .contains("this shell does not set SHOP_PASSWORD, which the source needs");
    assertThat(check.tables()).isPresent();
  }

  @Test
  void aMistakeInTheSourceHidesNothingElse() throws IOException {
    TableFileCheck check = read("source: {url: nonsense, user: me}\n" + REST, Map.of());
    assertThat(check.look().state()).isEqualTo(State.MISSING);
    assertThat(check.look().remedies())
        .singleElement()
        .satisfies(remedy -> assertThat(remedy.text()).contains("tables.yaml:1: source.url"));
    assertThat(check.tables()).isPresent();
    assertThat(check.noSource()).isPresent();
  }

  @Test
  void everyMistakeIsALineOfItsOwn() throws IOException {
    TableFileCheck check = read(SOURCE + REST + "colour: red\nshape: round\n", Map.of());
    assertThat(check.tables()).isEmpty();
    assertThat(check.look().remedies())
        .extracting(Remedy::text)
        .anySatisfy(text -> assertThat(text).contains("colour"))
        .anySatisfy(text -> assertThat(text).contains("shape"));
  }

  private TableFileCheck read(String text, Map<String, String> environment) throws IOException {
    Path file = Files.writeString(directory.resolve("tables.yaml"), text);
    return TableFileCheck.read(Located.find(null, file.toString(), Map.of()), environment);
  }
}
