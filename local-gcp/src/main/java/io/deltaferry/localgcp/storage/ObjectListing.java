package io.deltaferry.localgcp.storage;

import io.deltaferry.localgcp.http.GoogleError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants to see of a bucket's names.
 *
 * @param prefix names that begin so; empty for all
 * @param delimiter names that have it after the prefix are folded; empty for none
 * @param startOffset the first name, inclusive; empty for none
 * @param endOffset the end, exclusive; empty for none
 * @param trailing whether a name that ends with the delimiter is an item, too
 * @param after the last entry of the page before; null for the first page
 */
record ObjectListing(
    String prefix,
    String delimiter,
    String startOffset,
    String endOffset,
    boolean trailing,
    int maxResults,
    @Nullable String after) {
  static final int MOST = 1000;

  /** One page; {@code next} is the token of the one that follows, if any. */
  record Page(List<StoredObject> items, List<String> prefixes, @Nullable String next) {}

  static String token(String entry) {
    return Base64.getUrlEncoder().encodeToString(Names.utf8(entry));
  }

  static String entry(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw GoogleError.invalid("Invalid page token");
    }
  }

  Page of(NavigableMap<String, StoredObject> objects) {
    String from =
        Stream.of(prefix, startOffset, after == null ? "" : after).max(Names.ORDER).orElse("");
    List<StoredObject> items = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    String last = after;
    for (StoredObject object : objects.tailMap(from).values()) {
      String name = object.name();
      if (!name.startsWith(prefix) || isPastEnd(name)) {
        break;
      }
      int fold = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
      String entry = fold < 0 ? name : name.substring(0, fold + delimiter.length());
      if (entry.equals(last)) {
        continue;
      }
      if (items.size() + prefixes.size() >= maxResults) {
        return new Page(items, prefixes, last == null ? null : token(last));
      }
      if (fold >= 0) {
        prefixes.add(entry);
      }
      // A folder's own object sorts before what is in it, so it is the one met here.
      if (fold < 0 || (trailing && name.equals(entry))) {
        items.add(object);
      }
      last = entry;
    }
    return new Page(items, prefixes, null);
  }

  private boolean isPastEnd(String name) {
    return !endOffset.isEmpty() && Names.ORDER.compare(name, endOffset) >= 0;
  }
}
