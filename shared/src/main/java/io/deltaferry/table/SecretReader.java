package io.deltaferry.table;

import io.deltaferry.config.Secret;
import io.deltaferry.config.Section;
import java.util.Optional;

/** Reads a secret: its text, or a group that names its version in Secret Manager. */
final class SecretReader {
  private SecretReader() {}

  static Optional<Secret> read(Section section, String key) {
    return section.holdsSection(key)
        ? section.section(key).flatMap(SecretReader::reference)
        : section.text(key).map(text -> new Secret.Value(text.value()));
  }

  private static Optional<Secret> reference(Section section) {
    section.refuseOthers(TableKeys.SECRET);
    return section
        .requiredText("secret", "give projects/../secrets/../versions/latest")
        .flatMap(text -> text.as(CloudName::secretVersion))
        .map(Secret.Reference::new);
  }
}
