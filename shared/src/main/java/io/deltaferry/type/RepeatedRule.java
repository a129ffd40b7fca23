package io.deltaferry.type;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An array as BigQuery's ARRAY, which has one dimension, and no NULL inside.
 *
 * <p>CSV has no arrays: what is staged is a JSON array of the elements' texts, so that no digit is
 * lost, and the merge makes values of them.
 */
final class RepeatedRule {
  static final Set<BqType.Name> ELEMENTS =
      EnumSet.complementOf(
          EnumSet.of(BqType.Name.JSON, BqType.Name.GEOGRAPHY, BqType.Name.INTERVAL));

  private RepeatedRule() {}

  static Optional<Rule> of(@Nullable Rule element) {
    if (element == null || !ELEMENTS.contains(element.target().name())) {
      return Optional.empty();
    }
    String texts =
        "CASE WHEN {c} IS NOT NULL THEN pg_catalog.to_jsonb(ARRAY(SELECT (%s)::text FROM"
            + " pg_catalog.unnest({c}) WITH ORDINALITY AS df_items(df_item, df_nr) ORDER BY df_nr))"
            + " END";
    return Optional.of(
        new Rule(
            element.target().array(),
            BqType.of(BqType.Name.JSON),
            texts.formatted(element.select().replace("{c}", "df_item")),
            "{c}",
            loss(element.loss())));
  }

  private static Loss loss(@Nullable Loss ofElement) {
    String more = ofElement == null ? "" : " OR " + ofElement.condition().replace("{c}", "df_item");
    return new Loss(
        ofElement == null ? Loss.Kind.OTHER : ofElement.kind(),
        "(pg_catalog.array_ndims({c}) > 1 OR EXISTS (SELECT FROM pg_catalog.unnest({c}) AS"
            + " df_items(df_item) WHERE df_item IS NULL"
            + more
            + "))",
        null,
        LossPolicy.FAIL);
  }
}
