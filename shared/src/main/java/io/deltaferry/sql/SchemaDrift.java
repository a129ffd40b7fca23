package io.deltaferry.sql;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.table.FilledColumns;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.BqType;
import io.deltaferry.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a target's columns differ from the source's, and what becomes of it. Found out by whoever
 * plans a run and by whoever merges it, from the same facts.
 *
 * @param added columns that the target lacks; they come as NULLABLE
 * @param retyped columns whose type becomes a wider one in place
 * @param remade columns of a type that only another table in this one's place can have
 * @param relaxed columns whose NOT NULL goes
 * @param cleared columns that Deltaferry filled and the source has lost: rows merged from now on
 *     have NULL there
 * @param foreign columns that Deltaferry never filled, or is not known to have filled
 * @param problems what cannot be reconciled in place, one text for each column
 */
public record SchemaDrift(
    List<WarehouseColumn> added,
    List<WarehouseColumn> retyped,
    List<WarehouseColumn> remade,
    List<String> relaxed,
    List<String> cleared,
    List<String> foreign,
    List<String> problems) {
  /** On every target that Deltaferry makes. */
  public static final String MANAGED_BY = "managed_by";

  /** The value of that label. */
  public static final String DELTAFERRY = "deltaferry";

  /** What Deltaferry adds to a target. */
  private static final List<String> OWN =
      List.of(MergeColumns.UPLOADED_AT, MergeColumns.DELETED, MergeColumns.DELETED_AT);

  public SchemaDrift {
    added = List.copyOf(added);
    retyped = List.copyOf(retyped);
    remade = List.copyOf(remade);
    relaxed = List.copyOf(relaxed);
    cleared = List.copyOf(cleared);
    foreign = List.copyOf(foreign);
    problems = List.copyOf(problems);
  }

  /**
   * What a run brings.
   *
   * @param nullable columns that may hold NULL
   */
  public record Delta(List<TypeMapping> columns, List<String> key, Set<String> nullable) {
    public Delta {
      columns = List.copyOf(columns);
      key = List.copyOf(key);
      nullable = Set.copyOf(nullable);
    }

    /** Whether nothing but a hash of some column of the key leaves the database. */
    public boolean hashesKey() {
      return columns.stream()
          .anyMatch(mapping -> key.contains(mapping.column()) && mapping.hashes());
    }
  }

  /**
   * Compares.
   *
   * @param filled what earlier runs have filled; null when nobody knows
   */
  public static SchemaDrift of(Delta delta, WarehouseTable target, @Nullable FilledColumns filled) {
    return new Comparison(delta, target, filled == null ? FilledColumns.NONE : filled).drift();
  }

  /** For a log or a person: what becomes of the target's columns, one after the other. */
  public String describe() {
    List<String> changes = new ArrayList<>();
    added.forEach(column -> changes.add("add " + column.name() + " " + column.type()));
    retyped.forEach(column -> changes.add("make " + column.name() + " " + column.type()));
    relaxed.forEach(column -> changes.add("allow NULL in " + column));
    cleared.forEach(column -> changes.add("leave " + column + " NULL, which the source has lost"));
    changes.addAll(problems);
    return String.join("; ", changes);
  }

  /** The same, with columns of our own that the target lacks. */
  public SchemaDrift adding(List<WarehouseColumn> own) {
    List<WarehouseColumn> all = new ArrayList<>(added);
    all.addAll(own);
    return new SchemaDrift(all, retyped, remade, relaxed, cleared, foreign, problems);
  }

  /** Whether the target has to be altered before rows are merged into it. */
  public boolean altersTarget() {
    return !added.isEmpty() || !retyped.isEmpty() || !relaxed.isEmpty();
  }

  /** Whether the target has other columns afterwards, or columns of other types. */
  public boolean changesColumns() {
    return !added.isEmpty() || !retyped.isEmpty() || !remade.isEmpty();
  }

  /**
   * Nothing is left that cannot be reconciled in place.
   *
   * @throws DeltaferryException TARGET_INCOMPATIBLE naming every column
   */
  public void requireReconcilable(WarehouseTable target) {
    if (!problems.isEmpty()) {
      throw MergeColumns.incompatible(target, problems);
    }
  }

  /**
   * The columns of a table that takes the target's place: the target's own, none of them left out,
   * and those that it lacks.
   */
  public List<WarehouseColumn> rebuilt(Delta delta, WarehouseTable target) {
    List<WarehouseColumn> columns = new ArrayList<>();
    Set<String> keys =
        delta.columns().stream()
            .filter(mapping -> delta.key().contains(mapping.column()))
            .map(TypeMapping::name)
            .collect(Collectors.toSet());
    for (WarehouseColumn old : target.columns()) {
      String type =
          Stream.concat(retyped.stream(), remade.stream())
              .filter(column -> column.name().equals(old.name()))
              .map(WarehouseColumn::type)
              .findFirst()
              .orElse(old.type());
      boolean key = keys.stream().anyMatch(old.name()::equalsIgnoreCase);
      columns.add(new WarehouseColumn(old.name(), type, key));
    }
    delta.columns().stream()
        .filter(mapping -> target.column(mapping.name()).isEmpty())
        .map(
            mapping ->
                new WarehouseColumn(
                    mapping.name(), mapping.target().sql(), keys.contains(mapping.name())))
        .forEach(columns::add);
    return columns;
  }

  /** One comparison, column by column. */
  private static final class Comparison {
    private final Delta delta;
    private final WarehouseTable target;
    private final FilledColumns filled;
    private final List<WarehouseColumn> added = new ArrayList<>();
    private final List<WarehouseColumn> retyped = new ArrayList<>();
    private final List<WarehouseColumn> remade = new ArrayList<>();
    private final List<String> relaxed = new ArrayList<>();
    private final List<String> cleared = new ArrayList<>();
    private final List<String> foreign = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    Comparison(Delta delta, WarehouseTable target, FilledColumns filled) {
      this.delta = delta;
      this.target = target;
      this.filled = filled;
    }

    SchemaDrift drift() {
      for (TypeMapping mapping : delta.columns()) {
        target
            .column(mapping.name())
            .ifPresentOrElse(column -> matched(mapping, column), () -> missing(mapping));
      }
      target.columns().stream().filter(column -> !isBrought(column)).forEach(this::extra);
      return new SchemaDrift(added, retyped, remade, relaxed, cleared, foreign, problems);
    }

    /** Rows that stand there would have no key, and would be inserted once more. */
    private void missing(TypeMapping mapping) {
      if (delta.key().contains(mapping.column())) {
        problems.add(MergeColumns.lacks(mapping) + ", a key column");
      } else {
        added.add(new WarehouseColumn(mapping.name(), mapping.target().sql(), false));
      }
    }

    private void matched(TypeMapping mapping, WarehouseColumn column) {
      if (column.required()
          && !delta.key().contains(mapping.column())
          && delta.nullable().contains(mapping.column())) {
        relaxed.add(column.name());
      }
      Optional<BqType> type = MergeColumns.parse(column.type());
      if (type.isPresent() && CastRule.isSure(mapping.castFrom(), type.get())) {
        if (mixesTexts(mapping, type.get())) {
          remake(mapping, column, otherTexts(mapping, column));
        }
        return;
      }
      Optional<BqType> wider = type.flatMap(old -> wider(mapping, column, old));
      if (wider.isPresent()) {
        retyped.add(new WarehouseColumn(column.name(), wider.get().sql(), false));
      } else if (type.filter(to -> mayTry(mapping, to)).isEmpty()) {
        remake(mapping, column, MergeColumns.cannotCast(mapping, column));
      }
    }

    private void remake(TypeMapping mapping, WarehouseColumn column, String problem) {
      problems.add(problem);
      remade.add(new WarehouseColumn(column.name(), mapping.target().sql(), column.required()));
    }

    /** What decides where rows are kept stays as it is. */
    private Optional<BqType> wider(TypeMapping mapping, WarehouseColumn column, BqType old) {
      return target.layout().places(column.name())
          ? Optional.empty()
          : Widening.of(mapping.target(), old);
    }

    /** A type that a person chose may refuse a value; one that Deltaferry gave is outdated. */
    private boolean mayTry(TypeMapping mapping, BqType to) {
      return !isOurs() && CastRule.apply("", mapping.castFrom(), to).isPresent();
    }

    /**
     * A column that Deltaferry made a STRING has the texts that PostgreSQL printed, such as 1.50; a
     * cast makes 1.5 of that number, which is another key.
     */
    private boolean mixesTexts(TypeMapping mapping, BqType to) {
      return isOurs()
          && to.name() == BqType.Name.STRING
          && mapping.castFrom().name() != BqType.Name.STRING;
    }

    private boolean isOurs() {
      return DELTAFERRY.equals(target.labels().get(MANAGED_BY));
    }

    private static String otherTexts(TypeMapping mapping, WarehouseColumn column) {
      return "%s: the target's %s has the source's own texts, and its %s would be written in another form beside them"
          .formatted(mapping.name(), column.type(), mapping.target().sql());
    }

    private boolean isBrought(WarehouseColumn column) {
      return OWN.stream().anyMatch(column.name()::equalsIgnoreCase)
          || delta.columns().stream()
              .anyMatch(mapping -> mapping.name().equalsIgnoreCase(column.name()));
    }

    private void extra(WarehouseColumn column) {
      if (filled.hasFilled(column.name())) {
        cleared.add(column.name());
        if (column.required()) {
          relaxed.add(column.name());
        }
      } else if (column.required()) {
        problems.add(MergeColumns.requiredOnly(column));
      } else {
        foreign.add(column.name());
      }
    }
  }
}
