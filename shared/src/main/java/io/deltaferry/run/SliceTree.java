package io.deltaferry.run;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far the slices of a run have come, as the bucket shows it.
 *
 * @param leaves slices that were not cut, in slice order
 * @param done the paths of those that have a receipt
 */
public record SliceTree(List<Slice> leaves, Set<String> done) {
  /** Far more than a plan has slices, each cut as often as it can be. */
  private static final int LISTED = 100_000;

  public SliceTree {
    leaves = List.copyOf(leaves);
    done = Set.copyOf(done);
  }

  /**
   * Lists the outcomes of a run; only splits are read.
   *
   * @param planned the plan's slices
   */
  public static SliceTree read(ControlStore control, RunId run, List<Slice> planned) {
    Map<String, Boolean> splitByPath = new HashMap<>();
    for (StoredObject object : control.list(ObjectNames.slicesPrefix(run), LISTED)) {
      ObjectNames.sliceOf(object.name())
          .ifPresent(
              path ->
                  splitByPath.put(path, Outcome.SPLIT.equals(object.metadata().get(Outcome.KIND))));
    }
    List<Slice> leaves =
        planned.stream().flatMap(slice -> leaves(control, run, slice, splitByPath)).toList();
    Set<String> done =
        leaves.stream()
            .map(Slice::path)
            .filter(splitByPath::containsKey)
            .collect(Collectors.toSet());
    return new SliceTree(leaves, done);
  }

  private static Stream<Slice> leaves(
      ControlStore control, RunId run, Slice slice, Map<String, Boolean> splitByPath) {
    if (!splitByPath.getOrDefault(slice.path(), false)) {
      return Stream.of(slice);
    }
    return halves(control, run, slice.path()).stream()
        .flatMap(half -> leaves(control, run, half, splitByPath));
  }

  /**
   * The halves of a slice that was cut.
   *
   * @throws DeltaferryException STAGING_CORRUPT when it was not
   */
  public static List<Slice> halves(ControlStore control, RunId run, String path) {
    if (Outcome.read(control, run, path).orElse(null) instanceof Split split) {
      return split.halves();
    }
    throw new DeltaferryException(
        ErrorCode.STAGING_CORRUPT,
        ObjectNames.outcome(run, path)
            + " says nothing of halves that others know; a person changed it. Ask for the table"
            + " again");
  }

  /** Gives a run the outcomes of another that had the same plan, as far as it has none itself. */
  public static void copy(ControlStore control, RunId from, RunId to) {
    for (StoredObject object : control.list(ObjectNames.slicesPrefix(from), LISTED)) {
      Optional<String> path = ObjectNames.sliceOf(object.name());
      Optional<String> content = path.flatMap(outcome -> control.read(object.name()));
      if (content.isPresent()) {
        control.create(
            ObjectNames.outcome(to, path.orElseThrow()), content.get(), object.metadata());
      }
    }
  }

  /** Whether every row of the run has been staged. */
  public boolean isComplete() {
    return done.size() == leaves.size();
  }

  /** Slices without an outcome, in slice order. */
  public List<Slice> open() {
    return leaves.stream().filter(slice -> !done.contains(slice.path())).toList();
  }

  /**
   * The receipts of all leaves, in slice order.
   *
   * @throws DeltaferryException STAGING_CORRUPT when one is missing
   */
  public List<Receipt> receipts(ControlStore control, RunId run) {
    List<Receipt> receipts = new ArrayList<>();
    for (Slice leaf : leaves) {
      if (!(Outcome.read(control, run, leaf.path()).orElse(null) instanceof Receipt receipt)) {
        throw new DeltaferryException(
            ErrorCode.STAGING_CORRUPT,
            ObjectNames.outcome(run, leaf.path())
                + " is gone, or was changed by hand; ask for the table again");
      }
      receipts.add(receipt);
    }
    return receipts;
  }
}
