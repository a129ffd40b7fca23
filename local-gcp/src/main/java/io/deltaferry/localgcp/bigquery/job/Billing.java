package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import io.deltaferry.localgcp.bigquery.sql.StatementKind;
import io.deltaferry.localgcp.bigquery.sql.TableName;
import io.deltaferry.localgcp.bigquery.sql.Translation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a statement would cost: all bytes of every table it names, which is BigQuery's number for
 * {@code SELECT *} of unpartitioned tables and an upper bound otherwise. A view adds nothing: the
 * tables behind it are not known here.
 */
final class Billing {
  private static final long MEBIBYTE = 1L << 20;
  private static final long LEAST = 10 * MEBIBYTE;

  private final Catalog catalog;
  private final TableSizes sizes;
  private final @Nullable Long limit;

  Billing(Catalog catalog, TableSizes sizes, JsonNode query) {
    this.catalog = catalog;
    this.sizes = sizes;
    this.limit =
        query.hasNonNull("maximumBytesBilled") ? query.path("maximumBytesBilled").asLong() : null;
  }

  /** Bytes and the tables they are read from. */
  record Cost(long bytes, Set<TableId> tables) {
    Cost {
      tables = Set.copyOf(tables);
    }

    long billed() {
      return bytes == 0 ? 0 : Math.max(LEAST, (bytes + MEBIBYTE - 1) / MEBIBYTE * MEBIBYTE);
    }

    /** Adds the cost to {@code statistics.query}. */
    void into(ObjectNode statistics) {
      statistics.put("totalBytesProcessed", String.valueOf(bytes));
      statistics.put("totalBytesBilled", String.valueOf(billed()));
      statistics.put("totalSlotMs", "0");
      ArrayNode names = statistics.putArray("referencedTables");
      tables.forEach(table -> names.add(table.reference()));
    }
  }

  private static List<TableName> read(Translation statement) {
    StatementKind kind = statement.kind();
    if (kind.isDdl() && kind != StatementKind.CREATE_TABLE_AS_SELECT) {
      return List.of();
    }
    List<TableName> names = new ArrayList<>(statement.referenced());
    TableName target = statement.target();
    names.removeIf(SqlCatalog::isInformationSchema);
    if (target != null && kind.isDml() && kind != StatementKind.INSERT) {
      names.add(target);
    }
    return names;
  }

  /**
   * The cost of a statement.
   *
   * @throws JobFailure bytesBilledLimitExceeded
   */
  Cost of(Session session, Translation statement) throws SQLException {
    Set<TableId> tables = new LinkedHashSet<>();
    long bytes = 0;
    for (TableName name : read(statement)) {
      TableId id = SqlCatalog.id(name);
      Optional<TableEntry> table = catalog.findTable(session, id);
      if (table.isPresent() && tables.add(id)) {
        bytes += sizes.bytes(session, table.get());
      }
    }
    Cost cost = new Cost(bytes, tables);
    if (limit != null && cost.billed() > limit) {
      throw new JobFailure(
          JobError.of(
              "bytesBilledLimitExceeded",
              "Query exceeded limit for bytes billed: "
                  + limit
                  + ". "
                  + cost.billed()
                  + " or higher required."));
    }
    return cost;
  }
}
