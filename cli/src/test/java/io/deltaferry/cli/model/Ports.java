package io.deltaferry.cli.model;

import io.deltaferry.run.ControlStore;
import io.deltaferry.run.Publisher;
import io.deltaferry.run.Warehouse;
import io.deltaferry.service.Journal;
import io.deltaferry.service.RunEnd;
import io.deltaferry.service.ServiceSettings;
import io.deltaferry.service.StagedWork;
import java.time.Clock;

/** What one instance of a service works through. */
public record Ports(
    ServiceSettings settings,
    ControlStore control,
    Warehouse warehouse,
    Publisher publisher,
    Journal journal,
    RunEnd runEnd,
    StagedWork stagedWork,
    Clock clock) {}
