package io.deltaferry.table;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** In which order the periods of a table's history are filled. */
public enum PeriodOrder {
  NEWEST,
  OLDEST;

  /** The name in table files and messages, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Those of both orders. */
  public static List<String> words() {
    return Arrays.stream(values()).map(PeriodOrder::word).toList();
  }

  /** The order of that word, or empty. */
  public static Optional<PeriodOrder> of(String word) {
    return Arrays.stream(values()).filter(order -> order.word().equals(word)).findFirst();
  }
}
