package io.deltaferry.table;

import java.util.Collection;
import java.util.List;

/**
 * What of a table must not be seen.
 *
 * @param exclude columns that never leave the database
 * @param hash columns of which a keyed hash leaves it
 * @param include columns that may travel though they came to the source later than the target
 * @param keyId which key hashes; empty until the key is known, and where nothing is hashed
 */
public record PrivacySettings(
    List<String> exclude, List<String> hash, List<String> include, String keyId) {
  public static final PrivacySettings NONE =
      new PrivacySettings(List.of(), List.of(), List.of(), "");

  public PrivacySettings {
    exclude = List.copyOf(exclude);
    hash = List.copyOf(hash);
    include = List.copyOf(include);
  }

  /** Whether somebody decides about columns: then a new one travels when it is decided about. */
  public boolean isSet() {
    return !exclude.isEmpty() || !hash.isEmpty();
  }

  /** Whether a value of one of these columns must stay in the database. */
  public boolean hidesAny(Collection<String> columns) {
    return columns.stream().anyMatch(column -> exclude.contains(column) || hash.contains(column));
  }

  /** The same, with the key that hashes. */
  PrivacySettings keyed(String id) {
    return hash.isEmpty() ? this : new PrivacySettings(exclude, hash, include, id);
  }
}
