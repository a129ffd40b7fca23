package io.deltaferry.cli.doctor.access;

import java.util.List;
import java.util.regex.Pattern;

/** Who holds which role, as one policy says. */
record Bindings(List<Binding> list) {
  Bindings {
    list = List.copyOf(list);
  }

  /**
   * One role of one member.
   *
   * @param member such as {@code serviceAccount:a@p.iam.gserviceaccount.com}
   */
  record Binding(String role, String member) {}

  /** Whether somebody whose name is like that holds the role, or one that includes it. */
  boolean grant(String role, Pattern member) {
    return list.stream()
        .anyMatch(
            binding ->
                Roles.includes(binding.role(), role) && member.matcher(binding.member()).matches());
  }
}
