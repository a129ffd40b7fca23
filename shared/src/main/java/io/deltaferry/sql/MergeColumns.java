package io.deltaferry.sql;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.BqType;
import io.deltaferry.type.TypeMapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The delta's columns matched by name with a target's.
 *
 * @param columns in the delta's order
 * @param stamped whether the target has the column that says when a row was uploaded
 * @param deletable whether the target has the columns that say that a row is deleted
 * @param cleared the target's columns that the source has lost; rows merged have NULL there
 */
public record MergeColumns(
    List<MergeColumn> columns, boolean stamped, boolean deletable, List<String> cleared) {
  /** Says when a row reached the target. */
  public static final String UPLOADED_AT = "_uploaded_at";

  /** Says that the source has lost a row. */
  public static final String DELETED = "_deleted";

  /** Says since when. */
  public static final String DELETED_AT = "_deleted_at";

  /** Both, as they come to a target. */
  public static final List<WarehouseColumn> DELETION =
      List.of(
          new WarehouseColumn(DELETED, "BOOL", false),
          new WarehouseColumn(DELETED_AT, "TIMESTAMP", false));

  /** What makes a row one that is not deleted. */
  static final List<String> ALIVE = List.of(DELETED + " = FALSE", DELETED_AT + " = NULL");

  /** The delta's alias. No column has such a name: BigQuery would take it for the whole row. */
  static final String DELTA = "_df_delta";

  public MergeColumns {
    columns = List.copyOf(columns);
    cleared = List.copyOf(cleared);
  }

  /** The same, with columns that the source has lost. */
  public MergeColumns clearing(List<String> lost) {
    return new MergeColumns(columns, stamped, deletable, lost);
  }

  /**
   * The same, where a column that the delta does not have says which run a row comes from.
   *
   * @param run of a table's name and a number, so that nothing in it has to be escaped
   */
  public MergeColumns naming(String column, String run) {
    String read = DELTA + "." + BqIdentifier.quote(column);
    return new MergeColumns(
        columns.stream()
            .map(each -> each.source().equals(column) ? each.reading(read, "'" + run + "'") : each)
            .toList(),
        stamped,
        deletable,
        cleared);
  }

  /** What a run fills, in the target's spelling. */
  public List<String> filled() {
    return columns.stream().map(MergeColumn::target).toList();
  }

  /** The target's columns that a new row fills. */
  List<String> inserted() {
    return and(columns.stream().map(column -> BqIdentifier.quote(column.target())), UPLOADED_AT);
  }

  /** What it fills them with, in the same order. */
  List<String> values() {
    return and(columns.stream().map(MergeColumn::value), "CURRENT_TIMESTAMP()");
  }

  private List<String> and(Stream<String> items, String stamp) {
    return Stream.concat(items, stamped ? Stream.of(stamp) : Stream.empty()).toList();
  }

  /**
   * One matched column.
   *
   * @param target the target's own spelling of the name
   * @param value the expression over the delta, cast where types differ
   * @param type of the value
   * @param row what the delta's own SELECT makes of the column first, or null: a MERGE's clauses
   *     take no subquery
   */
  public record MergeColumn(
      String source,
      String target,
      String value,
      boolean key,
      BqType.Name type,
      @Nullable String row) {
    /** A column that is merged as it was loaded, but for a cast. */
    MergeColumn(String source, String target, String value, boolean key, BqType.Name type) {
      this(source, target, value, key, type, null);
    }

    private MergeColumn reading(String from, String other) {
      return new MergeColumn(source, target, value.replace(from, other), key, type, row);
    }

    /** What stands in PARTITION BY, which takes no FLOAT64. */
    String group() {
      return type == BqType.Name.FLOAT64 ? "CAST(" + value + " AS STRING)" : value;
    }
  }

  /**
   * Matches all columns.
   *
   * @throws DeltaferryException TARGET_INCOMPATIBLE naming every column that does not fit, with
   *     both types
   */
  public static MergeColumns match(
      List<TypeMapping> delta, List<String> key, WarehouseTable target) {
    List<MergeColumn> columns = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (TypeMapping mapping : delta) {
      Optional<WarehouseColumn> found = target.column(mapping.name());
      if (found.isEmpty()) {
        problems.add(lacks(mapping));
        continue;
      }
      WarehouseColumn column = found.get();
      used.add(column.name().toLowerCase(Locale.ROOT));
      matched(mapping, column, key.contains(mapping.column()))
          .ifPresentOrElse(columns::add, () -> problems.add(cannotCast(mapping, column)));
    }
    target.columns().stream()
        .filter(
            column -> column.required() && !used.contains(column.name().toLowerCase(Locale.ROOT)))
        .filter(column -> !column.name().equals(UPLOADED_AT))
        .forEach(column -> problems.add(requiredOnly(column)));
    if (!problems.isEmpty()) {
      throw incompatible(target, problems);
    }
    return new MergeColumns(
        columns, target.column(UPLOADED_AT).isPresent(), isDeletable(target, used), List.of());
  }

  /**
   * Matches the key alone.
   *
   * @param marks whether columns that say that a row is deleted would be Deltaferry's
   * @throws DeltaferryException as {@link #match}
   */
  public static MergeColumns keys(List<TypeMapping> key, WarehouseTable target, boolean marks) {
    List<MergeColumn> columns = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (TypeMapping mapping : key) {
      Optional<WarehouseColumn> found = target.column(mapping.name());
      if (found.isEmpty()) {
        problems.add(lacks(mapping));
      } else {
        matched(mapping, found.get(), true)
            .ifPresentOrElse(columns::add, () -> problems.add(cannotCast(mapping, found.get())));
      }
    }
    if (!problems.isEmpty()) {
      throw incompatible(target, problems);
    }
    return new MergeColumns(columns, false, marks && isDeletable(target, Set.of()), List.of());
  }

  /** A source may have columns of these names, and means something else by them. */
  static boolean isDeletable(WarehouseTable target, Set<String> brought) {
    return DELETION.stream()
        .allMatch(
            own ->
                !brought.contains(own.name())
                    && target
                        .column(own.name())
                        .filter(column -> column.type().equals(own.type()))
                        .isPresent());
  }

  /** Columns of these names have other types. */
  public static DeltaferryException notDeletable(WarehouseTable target) {
    return incompatible(
        target,
        DELETION.stream().map(own -> own.name() + ": has to be of type " + own.type()).toList());
  }

  private static Optional<MergeColumn> matched(
      TypeMapping mapping, WarehouseColumn column, boolean key) {
    String value = DELTA + "." + BqIdentifier.quote(mapping.name());
    return parse(column.type()).flatMap(to -> matched(mapping, column, key, value, to));
  }

  private static Optional<MergeColumn> matched(
      TypeMapping mapping, WarehouseColumn column, boolean key, String value, BqType to) {
    if (mapping.target().repeated()) {
      return to.repeated()
          ? CastRule.array(value, mapping.target().element(), to.element())
              .map(
                  row -> new MergeColumn(mapping.name(), column.name(), value, key, to.name(), row))
          : Optional.empty();
    }
    return CastRule.apply(value, mapping.stagedType(), to)
        .map(cast -> new MergeColumn(mapping.name(), column.name(), cast, key, to.name()));
  }

  /** The type without the limit of a text, which refuses what is too long by itself. */
  static Optional<BqType> parse(String type) {
    String plain = type.replaceFirst("^(STRING|BYTES)\\([0-9]+\\)$", "$1");
    try {
      return Optional.of(BqType.parse(plain));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String lacks(TypeMapping mapping) {
    return mapping.name()
        + ": the target has no such column; the source's is "
        + mapping.target().sql();
  }

  static String requiredOnly(WarehouseColumn column) {
    return column.name()
        + " ("
        + column.type()
        + "): the target requires it, the source has no such column";
  }

  static String cannotCast(TypeMapping mapping, WarehouseColumn column) {
    return mapping.name()
        + ": the source's "
        + mapping.target().sql()
        + " cannot become the target's "
        + column.type()
        + " without losing something";
  }

  static DeltaferryException incompatible(WarehouseTable target, List<String> problems) {
    return new DeltaferryException(
        ErrorCode.TARGET_INCOMPATIBLE,
        target.ref()
            + " cannot take the delta; nothing was written. Change the target, or name the column"
            + " in `exclude`:\n  "
            + String.join("\n  ", problems));
  }
}
