package io.deltaferry.cli.chaos;

import java.util.Optional;

/** Decides what happens to each step. */
interface FaultPlan {
  /** Nothing happens. */
  FaultPlan NONE = call -> Optional.empty();

  /** What happens to this step; asked once for each, from many threads. */
  Optional<Fault> of(Call call);
}
