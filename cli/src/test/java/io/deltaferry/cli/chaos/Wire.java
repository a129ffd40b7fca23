package io.deltaferry.cli.chaos;

import io.deltaferry.cli.endtoend.Gateway;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * One connection of a process: hands the bytes on as they come, unless something happens to them.
 * Of what they mean it knows no more than whether a COPY was asked for last.
 */
final class Wire implements Gateway.Traffic {
  /** Long enough for a server of this machine to do what it was asked for. */
  private static final Duration DONE = Duration.ofMillis(200);

  private final String service;
  private final Endpoint endpoint;
  private final FaultPlan faults;
  private final Runnable killer;
  private volatile boolean copying;

  /** Nothing of what the server says comes through any more. */
  private volatile boolean deaf;

  /**
   * Before it is connected.
   *
   * @param killer kills the process
   */
  Wire(String service, Endpoint endpoint, FaultPlan faults, Runnable killer) {
    this.service = service;
    this.endpoint = endpoint;
    this.faults = faults;
    this.killer = killer;
  }

  @Override
  public void connect() throws IOException {
    Optional<Fault> fault = faults.of(call("connect"));
    if (fault.isPresent()) {
      happen(fault.get(), new byte[0], OutputStream.nullOutputStream());
    }
  }

  @Override
  public void send(byte[] bytes, OutputStream server) throws IOException {
    copying = new String(bytes, StandardCharsets.ISO_8859_1).contains("COPY (");
    Optional<Fault> fault = faults.of(call("send"));
    if (fault.isEmpty()) {
      server.write(bytes);
      return;
    }
    deaf = fault.get().isDone();
    happen(fault.get(), bytes, server);
  }

  @Override
  public void receive(byte[] bytes, OutputStream client) throws IOException {
    Optional<Fault> fault =
        deaf ? Optional.empty() : faults.of(call(copying ? "receive rows" : "receive"));
    if (fault.isPresent()) {
      happen(fault.get(), bytes, client);
    } else if (!deaf) {
      client.write(bytes);
    }
  }

  private Call call(String step) {
    return new Call(service, endpoint, step);
  }

  private void happen(Fault fault, byte[] bytes, OutputStream to) throws IOException {
    if (fault == Fault.STALL) {
      pause(Door.STALL);
      to.write(bytes);
      return;
    }
    if (fault == Fault.CUT_WITHIN) {
      to.write(Arrays.copyOf(bytes, bytes.length / 2));
    }
    if (fault.isDone()) {
      to.write(bytes);
      pause(DONE);
    }
    if (fault.kills()) {
      killer.run();
    }
    throw new IOException("cut: " + fault);
  }

  /** Lets time go by. */
  static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
