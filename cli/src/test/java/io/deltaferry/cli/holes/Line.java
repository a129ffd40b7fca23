package io.deltaferry.cli.holes;

import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.Messages;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.message.RunOptions;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.run.Manifest;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.service.Topology;
import io.deltaferry.table.SyncMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** One table's way from the database to BigQuery, and what is told on it. */
final class Line {
  final Bench bench;
  final String table;
  final Path tableFile;
  final Bus bus = new Bus();

  final Landed landed = new Landed(this);

  /** The texts of all manifests that have become visible. */
  final ConcurrentLinkedQueue<String> manifests = new ConcurrentLinkedQueue<>();

  private int requests;

  Line(Bench bench, String table, Path tableFile) {
    this.bench = bench;
    this.table = table;
    this.tableFile = tableFile;
  }

  /** The services with nothing in between. */
  Instance instance() {
    return new Instance(this);
  }

  RunId run(long seq) {
    return new RunId(table, seq);
  }

  /** The bucket tells of manifests. */
  void created(String name, String content) {
    if (ObjectNames.runOfManifest(name).isPresent()) {
      manifests.add(content);
      bus.finalized(name);
    }
  }

  /** What somebody does in the database, with the table's name in it. */
  void atSource(String... statements) {
    for (String sql : statements) {
      bench.postgres.run(sql.formatted(table));
    }
  }

  /** A row gets another stamp. */
  void touch(int id) {
    atSource("UPDATE public.%s SET updated_at = clock_timestamp() WHERE id = " + id);
  }

  /** Rows that were not there, or get another stamp. */
  void write(String v, int... ids) {
    for (int id : ids) {
      atSource(
          """
          INSERT INTO public.%%s VALUES (%d, '%s', clock_timestamp())
          ON CONFLICT (id) DO UPDATE SET v = EXCLUDED.v, updated_at = EXCLUDED.updated_at"""
              .formatted(id, v));
    }
  }

  /** Asks for the table; the request waits for its delivery. */
  void request() {
    request("request-" + ++requests);
  }

  /** The same under a name that it may have had before. */
  void request(String id) {
    request(new ExtractRequest(table, null, id));
  }

  /** The same of any request for the table. */
  void request(SyncMode mode, RunOptions options) {
    request(new ExtractRequest(table, mode, "request-" + ++requests, options));
  }

  /** Any request. */
  void request(ExtractRequest request) {
    OutgoingMessage message = Messages.encode(request);
    bus.publish(Topology.DEFAULT.topics().extractRequests(), message.data(), message.attributes());
  }

  /** Delivers everything, and what follows from it. */
  void deliver(Instance to) {
    for (Optional<Bus.Delivery> next = bus.poll(); next.isPresent(); next = bus.poll()) {
      to.take(next.get());
    }
  }

  /** The same, and what an instance dies of is delivered again. */
  void deliverAgainAfterDeath(Instance dying) {
    for (Optional<Bus.Delivery> next = bus.poll(); next.isPresent(); next = bus.poll()) {
      try {
        dying.take(next.get());
      } catch (Moment.Death died) {
        instance().take(next.get());
      }
    }
  }

  /** The same, and what was told last comes first. */
  void deliverLastFirst(Instance to) {
    bus.reverse();
    deliver(to);
  }

  /** A whole sync by one instance. */
  void sync() {
    request();
    deliver(instance());
  }

  /** The same in a mode. */
  void sync(SyncMode mode, RunOptions options) {
    request(mode, options);
    deliver(instance());
  }

  /** What was told of a request's end, each time it was. */
  List<SyncCompleted> answers(String requestId) {
    return bus.ends().stream().filter(end -> end.requestId().equals(requestId)).toList();
  }

  /** The newest end. */
  SyncCompleted end() {
    List<SyncCompleted> ends = bus.ends();
    return ends.get(ends.size() - 1);
  }

  /** The slices of each manifest that became visible, each text once. */
  List<List<String>> visible() {
    return Set.copyOf(manifests).stream()
        .map(text -> RunJson.read("manifest", text, Manifest.class))
        .map(manifest -> manifest.receipts().stream().map(receipt -> receipt.slice()).toList())
        .toList();
  }

  /** Whether the merger has been told of rows. */
  boolean isLoaded() {
    return bus.isNextFor(Bus.To.MERGER);
  }

  /** Whether the run's data is visible. */
  boolean isStaged(long seq) {
    return bench.storage.get(Bench.BUCKET, ObjectNames.manifest(run(seq))) != null;
  }

  /** The ids of rows that are not on both sides, or not the same. */
  List<String> differences() {
    return differences("TRUE");
  }

  /** The same as far as the target's rows are not marked as deleted. */
  List<String> differencesOfAlive() {
    return differences("_deleted IS NOT TRUE");
  }

  private List<String> differences(String counts) {
    List<String> here = source();
    List<String> there = target(counts);
    List<String> different = new ArrayList<>();
    here.stream().filter(row -> !there.contains(row)).forEach(different::add);
    there.stream().filter(row -> !here.contains(row)).forEach(different::add);
    return different.stream().map(row -> row.split("=", 2)[0]).distinct().sorted().toList();
  }

  private List<String> source() {
    return bench
        .postgres
        .column("SELECT concat_ws('=', id, v) FROM public.%s ORDER BY id".formatted(table))
        .stream()
        .map(Objects::requireNonNull)
        .toList();
  }

  private List<String> target(String counts) {
    return bench
        .query("SELECT id, v FROM target.%s WHERE %s ORDER BY id".formatted(table, counts))
        .stream()
        .map(row -> row.get("id") + "=" + row.get("v"))
        .toList();
  }

  /** The numbers of the runs that stand in the ledger. */
  List<String> merged() {
    return rows("SELECT seq FROM control.sync_runs WHERE table_name = '%s' ORDER BY seq");
  }

  /** The first column of a query, with the table's name in it. */
  List<String> rows(String sql) {
    List<String> cells = new ArrayList<>();
    for (Map<String, @Nullable String> row : bench.query(sql.formatted(table))) {
      cells.add(String.valueOf(row.values().iterator().next()));
    }
    return cells;
  }
}
