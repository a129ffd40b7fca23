package io.deltaferry.type;

import java.util.Locale;
import java.util.Optional;

/** What became of the values that their BigQuery type cannot hold. */
public enum LossKind {
  /** The nearest value that the type holds. */
  CLAMPED,
  /** NULL. */
  NULLED,
  /** The nearest number with fewer digits. */
  ROUNDED,
  /** Their exact text, since the whole column is text: they are all there. */
  AS_TEXT;

  /** The name in the ledger, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the target shows another value than the source. */
  public boolean changesValues() {
    return this != AS_TEXT;
  }

  /** What a column's policy makes of them; nothing where the run fails instead. */
  static Optional<LossKind> of(LossPolicy policy, BqType target) {
    return switch (policy) {
      case CLAMP -> Optional.of(target.name() == BqType.Name.JSON ? ROUNDED : CLAMPED);
      case NULL -> Optional.of(NULLED);
      case STRING -> Optional.of(AS_TEXT);
      case FAIL -> Optional.empty();
    };
  }
}
