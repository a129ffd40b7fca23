package io.deltaferry.gcp;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.CopyJobConfiguration;
import com.google.cloud.bigquery.CsvOptions;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobInfo.CreateDisposition;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
import com.google.cloud.bigquery.JobStatistics;
import com.google.cloud.bigquery.JobStatistics.LoadStatistics;
import com.google.cloud.bigquery.LoadJobConfiguration;
import com.google.cloud.bigquery.LoadJobConfiguration.SourceColumnMatch;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TableResult;
import com.google.cloud.bigquery.ViewDefinition;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.Statement;
import io.deltaferry.table.NewTable;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** BigQuery through its official client. */
public final class BigQueryWarehouse implements Warehouse {
  private static final int CONFLICT = 409;

  private final BigQuery bigQuery;
  private final NamedJobs jobs;

  /**
   * Takes one location's client.
   *
   * @param patience how long a call waits for its job
   */
  public BigQueryWarehouse(BigQuery bigQuery, String project, String location, Duration patience) {
    this.bigQuery = bigQuery;
    this.jobs = new NamedJobs(bigQuery, project, location, patience);
  }

  @Override
  public Optional<WarehouseTable> describe(TableRef ref) {
    try {
      return Optional.ofNullable(bigQuery.getTable(id(ref))).map(table -> describe(ref, table));
    } catch (BigQueryException e) {
      throw JobErrors.of("describing " + ref, e);
    }
  }

  @Override
  public boolean create(NewTable table) {
    TableInfo.Builder info =
        TableInfo.newBuilder(id(table.ref()), WarehouseLayouts.definition(table))
            .setLabels(table.labels())
            .setDescription(table.description())
            .setRequirePartitionFilter(table.layout().partitionFilter() ? true : null);
    Instant expires = table.expires();
    if (expires != null) {
      info.setExpirationTime(expires.toEpochMilli());
    }
    try {
      bigQuery.create(info.build());
      return true;
    } catch (BigQueryException e) {
      if (e.getCode() == CONFLICT) {
        return false;
      }
      throw JobErrors.of("creating " + table.ref(), e);
    }
  }

  @Override
  public void createLike(
      TableRef like, TableRef ref, List<WarehouseColumn> columns, Instant expires) {
    try {
      Table other = bigQuery.getTable(id(like));
      if (other == null) {
        throw new DeltaferryException(
            ErrorCode.TARGET_CHANGED, like + " is gone; ask for the table again");
      }
      bigQuery.create(
          WarehouseLayouts.like(other, id(ref), columns).toBuilder()
              .setExpirationTime(expires.toEpochMilli())
              .build());
    } catch (BigQueryException e) {
      if (e.getCode() != CONFLICT) {
        throw JobErrors.of("creating " + ref, e);
      }
    }
  }

  @Override
  public void copyOver(String name, TableRef from, TableRef to) {
    jobs.run(
        name,
        CopyJobConfiguration.newBuilder(id(to), id(from))
            .setCreateDisposition(CreateDisposition.CREATE_NEVER)
            .setWriteDisposition(WriteDisposition.WRITE_TRUNCATE)
            .build());
  }

  @Override
  public void drop(TableRef ref) {
    try {
      bigQuery.delete(id(ref));
    } catch (BigQueryException e) {
      throw JobErrors.of("dropping " + ref, e);
    }
  }

  @Override
  public long loadCsv(String name, NewTable target, List<String> uris) {
    CsvOptions csv =
        CsvOptions.newBuilder()
            .setSkipLeadingRows(1)
            .setAllowQuotedNewLines(true)
            .setPreserveAsciiControlCharacters(true)
            .setEncoding("UTF-8")
            .build();
    LoadJobConfiguration load =
        LoadJobConfiguration.newBuilder(id(target.ref()), uris, csv)
            .setSchema(WarehouseTypes.schema(target.columns()))
            .setSourceColumnMatch(SourceColumnMatch.NAME)
            .setCreateDisposition(CreateDisposition.CREATE_NEVER)
            .setWriteDisposition(WriteDisposition.WRITE_EMPTY)
            .setMaxBadRecords(0)
            .setIgnoreUnknownValues(false)
            .setLabels(target.labels())
            .build();
    Job job = jobs.run(name, load);
    LoadStatistics statistics = job.getStatistics();
    return statistics.getOutputRows();
  }

  @Override
  public List<Map<String, @Nullable String>> query(Statement statement) {
    try {
      TableResult result = bigQuery.query(configuration(statement));
      return rows(result);
    } catch (BigQueryException e) {
      throw JobErrors.of("reading from BigQuery", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeltaferryException(
          ErrorCode.WAREHOUSE_UNAVAILABLE, "interrupted while reading from BigQuery", e);
    }
  }

  @Override
  public void runScript(String name, Statement script) {
    jobs.run(name, configuration(script));
  }

  @Override
  public long dryRun(Statement statement) {
    try {
      Job job =
          bigQuery.create(JobInfo.of(configuration(statement).toBuilder().setDryRun(true).build()));
      JobStatistics.QueryStatistics statistics = job.getStatistics();
      Long bytes = statistics.getTotalBytesProcessed();
      return bytes == null ? 0 : bytes;
    } catch (BigQueryException e) {
      throw JobErrors.of("looking at a statement", e);
    }
  }

  private static QueryJobConfiguration configuration(Statement statement) {
    QueryJobConfiguration.Builder query =
        QueryJobConfiguration.newBuilder(statement.text()).setUseLegacySql(false);
    statement
        .parameters()
        .forEach((name, value) -> query.addNamedParameter(name, WarehouseTypes.parameter(value)));
    return query.build();
  }

  private static List<Map<String, @Nullable String>> rows(TableResult result) {
    List<Map<String, @Nullable String>> rows = new ArrayList<>();
    Schema schema = result.getSchema();
    FieldList fields = schema == null ? FieldList.of() : schema.getFields();
    for (FieldValueList values : result.iterateAll()) {
      Map<String, @Nullable String> row = new LinkedHashMap<>();
      for (int i = 0; i < fields.size(); i++) {
        row.put(
            fields.get(i).getName(),
            values.get(i).isNull() ? null : values.get(i).getStringValue());
      }
      rows.add(row);
    }
    return rows;
  }

  private static WarehouseTable describe(TableRef ref, Table table) {
    Schema schema = table.getDefinition().getSchema();
    Long created = table.getCreationTime();
    Map<String, String> labels = table.getLabels();
    return new WarehouseTable(
        ref,
        Instant.ofEpochMilli(created == null ? 0 : created),
        WarehouseTypes.columns(schema),
        labels == null ? Map.of() : labels,
        WarehouseLayouts.of(table),
        table.getDefinition() instanceof ViewDefinition view ? view.getQuery() : null);
  }

  private static TableId id(TableRef ref) {
    return TableId.of(ref.project(), ref.dataset(), ref.table());
  }
}
