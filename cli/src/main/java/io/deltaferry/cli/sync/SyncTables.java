package io.deltaferry.cli.sync;

import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PubsubMessage;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.gcp.PubSubPublisher;
import io.deltaferry.gcp.StorageControlStore;
import io.deltaferry.message.LoadedDelta;
import io.deltaferry.message.Messages;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.message.RequestId;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.run.StoredObject;
import io.deltaferry.run.TrialReport;
import io.deltaferry.service.Topology;
import io.deltaferry.table.TableFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes one request per table and follows each to its end. */
public final class SyncTables {
  private static final Logger log = LoggerFactory.getLogger(SyncTables.class);

  // Short runs are followed closely; a list call a second for an hour would be paid for nothing.
  private static final Duration LOOK_AT_FIRST = Duration.ofMillis(250);
  private static final Duration LOOK_AT_LAST = Duration.ofSeconds(5);
  private static final int LOOK_SHARE = 20;

  private final GoogleClients clients;
  private final ControlStore control;
  private final Topology.Topics topics;
  private final @Nullable Path logs;
  private final Clock clock;

  /**
   * @param logs directory of the services' logs; null where they are kept elsewhere
   */
  public SyncTables(GoogleClients clients, TableFile tables, @Nullable Path logs, Clock clock) {
    this.clients = clients;
    this.control = new StorageControlStore(clients.storage(), tables.bucket());
    this.topics = Topology.DEFAULT.topics().prefixed(tables.topicPrefix());
    this.logs = logs;
    this.clock = clock;
  }

  /**
   * Publishes and returns at once.
   *
   * @param tables in the order in which they are published
   * @param asked of each of them
   */
  public List<TableProgress> publish(List<String> tables, AskedRun asked) {
    try (PubSubPublisher publisher = new PubSubPublisher(clients)) {
      return tables.stream().map(table -> publish(publisher, table, asked)).toList();
    }
  }

  /**
   * Publishes and waits until every table has ended or the time is over.
   *
   * @param watcher is called with the state of all tables, at first and whenever one has changed
   * @return the last state, in the tables' order; one that is not at its end ran out of time
   */
  public List<TableProgress> syncAndWait(
      List<String> tables, AskedRun asked, Duration timeout, Consumer<List<TableProgress>> watcher)
      throws InterruptedException {
    return follow(() -> publish(tables, asked), timeout, watcher);
  }

  /**
   * Waits until every request has ended or the time is over.
   *
   * @param ask publishes the requests, once nothing that becomes of them can be missed
   * @param watcher as in {@link #syncAndWait}
   * @return the last states, in the order of the requests
   */
  public List<TableProgress> follow(
      Supplier<List<TableProgress>> ask, Duration timeout, Consumer<List<TableProgress>> watcher)
      throws InterruptedException {
    Instant started = clock.instant();
    Instant deadline = started.plus(timeout);
    try (News news = new News(clients, "sync-" + UUID.randomUUID())) {
      news.follow(topics.syncCompleted());
      news.follow(topics.loadedDeltas());
      news.follow(topics.deadLetters());
      ServiceLogs services = new ServiceLogs(logs);
      List<TableProgress> states = new ArrayList<>(ask.get());
      watcher.accept(List.copyOf(states));
      while (states.stream().anyMatch(state -> !state.stage().isEnd())
          && clock.instant().isBefore(deadline)) {
        List<TableProgress> before = List.copyOf(states);
        Map<String, String> said = services.news();
        states.replaceAll(state -> look(troubled(state, said.get(state.table()))));
        News.Item item = news.next(pause(started).toMillis());
        while (item != null) {
          hear(item, states);
          item = news.next(0);
        }
        if (!before.equals(states)) {
          watcher.accept(List.copyOf(states));
        }
      }
      return List.copyOf(states);
    }
  }

  /** What a trial has found out about a table; empty while it has not ended, or was none. */
  public Optional<TrialReport> trial(TableProgress table) {
    if (table.stage() != Stage.DONE) {
      return Optional.empty();
    }
    String name = ObjectNames.trial(new RunId(table.table(), table.seq()));
    return control.read(name).map(text -> RunJson.read(name, text, TrialReport.class));
  }

  private static TableProgress troubled(TableProgress state, @Nullable String said) {
    return said == null ? state : state.troubled(said);
  }

  private Duration pause(Instant started) {
    Duration share = Duration.between(started, clock.instant()).dividedBy(LOOK_SHARE);
    Duration least = share.compareTo(LOOK_AT_FIRST) < 0 ? LOOK_AT_FIRST : share;
    return least.compareTo(LOOK_AT_LAST) > 0 ? LOOK_AT_LAST : least;
  }

  private TableProgress publish(PubSubPublisher publisher, String table, AskedRun asked) {
    String requestId = "cli-" + UUID.randomUUID();
    OutgoingMessage message = Messages.encode(asked.of(table, requestId));
    Instant now = clock.instant();
    publisher.publish(topics.extractRequests(), message.data(), message.attributes());
    return TableProgress.requested(table, requestId, now);
  }

  /** What the bucket shows: the plan that carries the request's id, and its manifest. */
  private TableProgress look(TableProgress state) {
    if (state.stage() == Stage.REQUESTED) {
      for (KnownRun run : KnownRun.of(control, state.table())) {
        if (run.requestId().equals(state.requestId())) {
          return created(ObjectNames.plan(run.id()))
              .map(at -> state.planned(run.id().seq(), at))
              .orElse(state);
        }
      }
    }
    if (state.stage() == Stage.EXTRACTING) {
      return created(ObjectNames.manifest(new RunId(state.table(), state.seq())))
          .map(state::staged)
          .orElse(state);
    }
    return state;
  }

  private Optional<Instant> created(String name) {
    return control.list(name, 1).stream().map(StoredObject::created).findFirst();
  }

  private void hear(News.Item item, List<TableProgress> states) {
    PubsubMessage message = item.message();
    Instant at = instant(message.getPublishTime());
    if (item.topic().equals(topics.syncCompleted())) {
      understood(message, Messages::syncCompleted)
          .ifPresent(completed -> states.replaceAll(state -> ended(state, completed, at)));
    } else if (item.topic().equals(topics.loadedDeltas())) {
      understood(message, Messages::loadedDelta)
          .ifPresent(loaded -> states.replaceAll(state -> loaded(state, loaded, at)));
    } else {
      RefusedRequest.of(message)
          .ifPresent(refused -> states.replaceAll(state -> refused(state, refused, at)));
    }
  }

  /** Anyone may publish to these topics; what is no message of ours ends nobody's wait. */
  private static <T> Optional<T> understood(PubsubMessage message, Function<String, T> read) {
    try {
      return Optional.of(read.apply(message.getData().toStringUtf8()));
    } catch (DeltaferryException e) {
      log.debug("message {} is none of ours", message.getMessageId(), e);
      return Optional.empty();
    }
  }

  private TableProgress loaded(TableProgress state, LoadedDelta loaded, Instant at) {
    boolean own = state.table().equals(loaded.table()) && state.seq() == loaded.seq();
    return own ? staged(state, loaded.seq()).loaded(at) : state;
  }

  /** A fast run's manifest may not have been looked for yet. */
  private TableProgress staged(TableProgress state, long seq) {
    return created(ObjectNames.manifest(new RunId(state.table(), seq)))
        .map(state::staged)
        .orElse(state);
  }

  private TableProgress ended(TableProgress state, SyncCompleted completed, Instant at) {
    // Requests of one tick have one id, a table each.
    if (!completed.table().equals(state.table())
        || !RequestId.ofBackfill(completed.requestId()).equals(state.requestId())) {
      return state;
    }
    if (!completed.requestId().equals(state.requestId())) {
      return state.went(completed.seq(), completed.rows());
    }
    TableProgress planned = look(state);
    TableProgress known = completed.rows() > 0 ? staged(planned, completed.seq()) : planned;
    boolean good =
        completed.outcome() == SyncOutcome.COMPLETED || completed.outcome() == SyncOutcome.EMPTY;
    return good
        ? known.done(completed.seq(), completed.rows(), at)
        : known.failed(completed.seq(), reason(completed), at);
  }

  private static RunFailure reason(SyncCompleted completed) {
    return completed.errorCode() == null
        ? new RunFailure(null, completed.outcome().word())
        : new RunFailure(completed.errorCode().name(), String.valueOf(completed.errorMessage()));
  }

  /** The letter may be heard before the run's end, and even before its plan was looked for. */
  private TableProgress refused(TableProgress state, RefusedRequest refused, Instant at) {
    if (!refused.requestId().equals(state.requestId()) || state.stage().isEnd()) {
      return state;
    }
    TableProgress known = look(state);
    return known.failed(known.seq(), refused.reason(), at);
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
