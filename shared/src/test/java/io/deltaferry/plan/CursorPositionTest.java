package io.deltaferry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.type.CursorKind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class CursorPositionTest {
  /** 0001-01-01 and 9999-12-31 23:59:59.999999 in microseconds since 1970. */
  private static final long FIRST = -62_135_596_800_000_000L;

  private static final long LAST = 253_402_300_799_999_999L;

  @Property
  void textAndBackIsTheSameMicrosecond(
      @ForAll @LongRange(min = FIRST, max = LAST) long micros, @ForAll("stamps") CursorKind kind) {
    CursorPosition position = new CursorPosition(kind, micros);
    assertThat(CursorPosition.parse(kind, position.text())).isEqualTo(position);
    // What is written must be acceptable as a literal.
    assertThat(kind.literal(position.text())).contains(position.text());
  }

  @Property
  void orderOfTextsIsOrderOfPositions(
      @ForAll @LongRange(min = FIRST, max = LAST) long one,
      @ForAll @LongRange(min = FIRST, max = LAST) long other) {
    CursorPosition first = new CursorPosition(CursorKind.TIMESTAMPTZ, one);
    CursorPosition second = new CursorPosition(CursorKind.TIMESTAMPTZ, other);
    assertThat(Integer.signum(first.text().compareTo(second.text())))
        .isEqualTo(Integer.signum(first.compareTo(second)));
  }

  @net.jqwik.api.Provide
  net.jqwik.api.Arbitrary<CursorKind> stamps() {
    return net.jqwik.api.Arbitraries.of(CursorKind.TIMESTAMPTZ, CursorKind.TIMESTAMP);
  }
}
