package io.deltaferry.type;

/** How a column travels of which nothing but a keyed hash may leave the database. */
final class HashRule {
  /**
   * The text is what COPY prints, which a cast is not for every type; no hash is made of NULL. The
   * settings are read once a statement.
   */
  private static final String SELECT =
      """
      CASE WHEN pg_catalog.num_nulls(%1$s) = 0 THEN pg_catalog.encode(\
      pg_catalog.sha256((SELECT pg_catalog.decode(pg_catalog.current_setting('%3$s'), 'hex')) || \
      pg_catalog.sha256((SELECT pg_catalog.decode(pg_catalog.current_setting('%2$s'), 'hex')) || \
      pg_catalog.convert_to(pg_catalog.concat(%1$s), 'UTF8'))), 'hex') END""";

  private HashRule() {}

  /**
   * The hash of the column's text.
   *
   * @param text the exact text, over {c}
   */
  static TypeMapping mapping(String column, String text, boolean key, String keyId) {
    return new TypeMapping(
        column,
        BqType.of(BqType.Name.STRING),
        key ? LossPolicy.FAIL : LossPolicy.STRING,
        SELECT.formatted(text, HashKey.innerSetting(keyId), HashKey.outerSetting(keyId)),
        key ? Loss.ofKey(null).condition() : null);
  }
}
