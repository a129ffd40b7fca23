package io.deltaferry.type;

import java.util.Set;

/**
 * The two types of PostGIS, known by name: the extension may be absent, and may lie in any schema.
 *
 * <p>BigQuery's GEOGRAPHY is WGS 84, which PostGIS calls SRID 4326; a column of another or of no
 * declared SRID is staged as EWKT, which names the SRID of each value.
 */
final class GeoRules {
  private static final Set<String> NAMES = Set.of("geometry", "geography");
  private static final int WGS_84 = 4326;

  /** What BigQuery's GEOGRAPHY does not know, as WKT writes it: more dimensions, curves, solids. */
  private static final String FOREIGN =
      "'\\m(Z|M|ZM)\\M|CIRCULARSTRING|CURVE|SURFACE|\\mTIN\\M|TRIANGLE|nan|inf'";

  private GeoRules() {}

  static Set<String> names() {
    return NAMES;
  }

  static boolean holds(String name) {
    return NAMES.contains(name);
  }

  static Rule of(PgType type) {
    String text = text(type);
    if (srid(type) != WGS_84) {
      return new Rule(BqType.of(BqType.Name.STRING), text, text, null);
    }
    String wkt = type.schema() + ".st_astext({c})";
    return new Rule(BqType.of(BqType.Name.GEOGRAPHY), wkt, text, loss(type, wkt));
  }

  /** EWKT over {c}: WKT after its SRID. */
  static String text(PgType type) {
    return type.schema() + ".st_asewkt({c})";
  }

  /** PostGIS keeps latitudes of a geography in their range itself. */
  private static Loss loss(PgType type, String wkt) {
    String foreign = wkt + " ~* " + FOREIGN;
    String condition =
        type.name().equals("geography")
            ? foreign
            : "(%1$s OR %2$s.st_ymin({c}) < -90 OR %2$s.st_ymax({c}) > 90)"
                .formatted(foreign, type.schema());
    return new Loss(Loss.Kind.OTHER, condition, null, LossPolicy.FAIL);
  }

  /** Twenty-one signed bits of the modifier. */
  private static int srid(PgType type) {
    int modifier = type.modifier();
    if (modifier < 0) {
      return type.name().equals("geography") ? WGS_84 : 0;
    }
    return ((modifier & 0x0FFFFF00) - (modifier & 0x10000000)) >> 8;
  }
}
