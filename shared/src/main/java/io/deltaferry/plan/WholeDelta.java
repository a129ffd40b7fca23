package io.deltaferry.plan;

import io.deltaferry.run.Slice;
import io.deltaferry.sql.SliceRows;
import java.util.List;

/** Small deltas, the common case: one slice, read by the request that planned it. */
public final class WholeDelta {
  private WholeDelta() {}

  public static List<Slice> slices() {
    return List.of(new Slice(Slice.ONLY, new SliceRows.Whole()));
  }
}
