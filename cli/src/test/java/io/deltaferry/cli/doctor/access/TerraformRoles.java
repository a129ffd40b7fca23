package io.deltaferry.cli.doctor.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The roles that Terraform code grants: those written whole, and those whose last part comes from a
 * list in the same file.
 */
final class TerraformRoles {
  private static final Pattern WHOLE = Pattern.compile("\"(roles/[A-Za-z.]+)\"");

  /** Such as {@code "roles/storage.${each.value.role}"}. */
  private static final Pattern PUT_TOGETHER =
      Pattern.compile("role\\s*=\\s*\"roles/([a-z]+\\.)?\\$\\{each\\.value\\.role}\"");

  /** Such as {@code role = "objectViewer"}, and the lists of {@code source_roles}. */
  private static final Pattern PART = Pattern.compile("role = \"((?!roles/)[A-Za-z.]+)\"");

  private static final Pattern LISTS = Pattern.compile("(?s)source_roles = \\{(.*?)\n  }");
  private static final Pattern LISTED = Pattern.compile("\"([A-Za-z.]+)\"");

  private TerraformRoles() {}

  static Set<String> read(Path directory) throws IOException {
    Set<String> roles = new TreeSet<>();
    for (Path file : files(directory)) {
      roles.addAll(of(Files.readString(file)));
    }
    return roles;
  }

  private static Set<String> of(String code) {
    Set<String> roles = new TreeSet<>();
    WHOLE.matcher(code).results().forEach(role -> roles.add(role.group(1)));
    PUT_TOGETHER
        .matcher(code)
        .results()
        .forEach(
            start -> {
              String prefix = "roles/" + (start.group(1) == null ? "" : start.group(1));
              PART.matcher(code).results().forEach(part -> roles.add(prefix + part.group(1)));
              LISTS
                  .matcher(code)
                  .results()
                  .flatMap(list -> LISTED.matcher(list.group(1)).results())
                  .forEach(part -> roles.add(prefix + part.group(1)));
            });
    return roles;
  }

  /** What is applied: the root and its modules, not the checks and the examples. */
  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> root = Files.list(directory);
        Stream<Path> modules = Files.walk(directory.resolve("modules"))) {
      return Stream.concat(root, modules)
          .filter(file -> file.toString().endsWith(".tf"))
          .filter(file -> !file.toString().contains("/tests/"))
          .toList();
    }
  }
}
