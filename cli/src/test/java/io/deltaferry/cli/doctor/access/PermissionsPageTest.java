package io.deltaferry.cli.doctor.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.doctor.access.Grant.Place;
import io.deltaferry.service.Topology;
import io.deltaferry.table.SourceConfig;
import io.deltaferry.table.SourceEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/permissions.md to the list that doctor checks, to the code, and to Terraform. */
class PermissionsPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([a-z-]+) \\| `(roles/[A-Za-z.]+)` \\| ([^|]+) \\| ([^|]*) \\|$");
  private static final Pattern ANY_ROLE = Pattern.compile("`(roles/[A-Za-z.]+)`");
  private static final Pattern CODE = Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.([a-z][A-Za-z]+))?`");
  private static final Pattern TOPIC = Pattern.compile("([a-z]+)(?: `([a-z-]+)`| ([a-z]+))?");

  private final String page = Files.readString(ROOT.resolve("docs/permissions.md"));

  PermissionsPageTest() throws IOException {}

  @Test
  void hasEveryGrantThatIsNeededAndNoOther() {
    assertThat(grants("The services, and Google's agents"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Grants.all().stream(), Stream.of(Grants.ofSecret(), Grants.ofJob()))
                .toList());
    assertThat(grants("Where the database is one of Google's"))
        .containsExactlyInAnyOrderElementsOf(ofSources());
  }

  @Test
  void namesOnlyCodeThatExists() throws IOException {
    Map<String, String> sources = sources();
    List<MatchResult> named =
        Stream.of("The services, and Google's agents", "Where the database is one of Google's")
            .flatMap(title -> ROW.matcher(section(title)).results())
            .flatMap(row -> CODE.matcher(row.group(4)).results())
            .toList();
    assertThat(named).hasSizeGreaterThan(30);
    assertThat(named)
        .allSatisfy(
            code -> {
              assertThat(sources).containsKey(code.group(1));
              String method = code.group(2) == null ? code.group(1) : code.group(2);
              assertThat(sources.get(code.group(1))).contains(" " + method);
            });
  }

  @Test
  void hasTheRolesThatTerraformGrantsAndNoOther() throws IOException {
    Set<String> stated = new TreeSet<>();
    for (String title :
        List.of(
            "The services, and Google's agents",
            "Where the database is one of Google's",
            "Where Terraform is asked for something else")) {
      ANY_ROLE.matcher(section(title)).results().forEach(role -> stated.add(role.group(1)));
    }
    assertThat(TerraformRoles.read(ROOT.resolve("terraform"))).isEqualTo(stated);
  }

  private List<Grant> grants(String title) {
    return ROW.matcher(section(title))
        .results()
        .map(row -> grant(row.group(1), row.group(2), row.group(3)))
        .toList();
  }

  private static Grant grant(String who, String role, String on) {
    MatchResult place =
        TOPIC.matcher(on).results().findFirst().orElseThrow(() -> new AssertionError(on));
    Place kind = Place.valueOf(place.group(1).toUpperCase(Locale.ROOT));
    String name = place.group(2) == null ? place.group(3) : place.group(2);
    return new Grant(who, role, kind, name == null ? "" : key(kind, name));
  }

  /** The topology's key of a topic, or of the topic that a subscription pushes. */
  private static String key(Place place, String name) {
    if (place != Place.TOPIC && place != Place.SUBSCRIPTION) {
      return name;
    }
    String suffix = place == Place.TOPIC ? "" : Topology.DEFAULT.push().subscriptionSuffix();
    return Topology.DEFAULT.topics().byKey().entrySet().stream()
        .filter(topic -> name.equals(topic.getValue() + suffix))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no topic for " + name));
  }

  private static Set<Grant> ofSources() {
    Set<Grant> grants = new HashSet<>();
    for (SourceEndpoint endpoint :
        List.of(
            new SourceEndpoint.AlloyDb("projects/p/..", "d"),
            new SourceEndpoint.CloudSql("p:r:i", "d"),
            new SourceEndpoint.Jdbc("jdbc:postgresql://h/d"))) {
      for (boolean iam : List.of(true, false)) {
        grants.addAll(Grants.ofSource(new SourceConfig(endpoint, "u", null, iam, Map.of())));
      }
    }
    return grants;
  }

  private String section(String title) {
    String start = "\n## " + title + "\n";
    assertThat(page).contains(start);
    String rest = page.substring(page.indexOf(start) + start.length());
    return rest.split("\n## ", 2)[0];
  }

  private static Map<String, String> sources() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String module :
        List.of("shared", "extractor-service", "loader-service", "merger-service")) {
      try (Stream<Path> found = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
      }
    }
    // Two packages may use a name; together they are looked through.
    return files.stream()
        .collect(
            Collectors.toMap(
                file -> String.valueOf(file.getFileName()).replace(".java", ""),
                PermissionsPageTest::text,
                String::concat));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
