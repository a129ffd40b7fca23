package io.deltaferry.service;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.storage.Storage;
import io.deltaferry.gcp.BigQueryLedger;
import io.deltaferry.gcp.BigQueryWarehouse;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.gcp.PubSubPublisher;
import io.deltaferry.gcp.StorageControlStore;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.Publisher;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.EventsTable;
import io.deltaferry.table.TableRef;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/**
 * What every service is wired from, made once per instance.
 *
 * @param clock of this instance; decides nothing between instances
 */
public record ServiceParts(
    ServiceSettings settings,
    GoogleClients clients,
    Storage storage,
    ControlStore control,
    Warehouse warehouse,
    Publisher publisher,
    Journal journal,
    LedgerSchema ledgerSchema,
    RunEnd runEnd,
    DeadLetters deadLetters,
    Clock clock) {

  /** Makes the parts from a service's environment. */
  public static ServiceParts from(Map<String, String> environment) {
    ServiceSettings settings = ServiceSettings.from(environment);
    GoogleClients clients = new GoogleClients(settings.project(), environment);
    Storage storage = clients.storage();
    ControlStore control = new StorageControlStore(storage, settings.bucket());
    Publisher publisher = new PubSubPublisher(clients);
    Clock clock = Clock.systemUTC();
    BigQuery bigQuery = clients.bigQuery();
    Warehouse warehouse =
        new BigQueryWarehouse(bigQuery, settings.project(), settings.location(), settings.budget());
    LedgerSchema schema =
        new LedgerSchema(warehouse, settings.project(), settings.controlDataset());
    TableRef events = EventsTable.ref(settings.project(), settings.controlDataset());
    Journal journal = new Journal(new BigQueryLedger(bigQuery, events, schema::create));
    return new ServiceParts(
        settings,
        clients,
        storage,
        control,
        warehouse,
        publisher,
        journal,
        schema,
        new RunEnd(control, publisher, settings.topics(), clock, journal),
        new DeadLetters(publisher, settings.topics().deadLetters()),
        clock);
  }

  /** What is done about every run whose data is visible. */
  public StagedWork stagedWork() {
    return new StagedWork(control, publisher, runEnd, ServiceParts::newAttempt);
  }

  /** The stage behind its HTTP entry. */
  public EventEndpoint endpoint(Stage stage) {
    LastDelivery last = new LastDelivery(settings.maxDeliveryAttempts());
    return new EventEndpoint(
        settings.project(), stage, new HandleEvent(stage, deadLetters, last, journal, clock));
  }

  /** The stage behind the entry of a job. */
  public EventTask task(Stage stage, TaskSettings task) {
    return new EventTask(settings.project(), task, stage, deadLetters, journal, clock);
  }

  /** A name that no other attempt has. */
  public static String newAttempt() {
    return UUID.randomUUID().toString().substring(0, 13);
  }
}
