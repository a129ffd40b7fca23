package io.deltaferry.cli.chaos;

import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The way of one process to Pub/Sub: publishes what it is told to publish, unless something happens
 * to that. The services call nothing else there.
 */
final class PubSubDoor extends PublisherGrpc.PublisherImplBase implements AutoCloseable {
  private final String service;
  private final FaultPlan faults;
  private final Runnable killer;
  private final ManagedChannel channel;
  private final Server server;

  /**
   * Opens it.
   *
   * @param endpoint host and port
   * @param killer kills the process
   */
  PubSubDoor(String service, String endpoint, FaultPlan faults, Runnable killer) {
    this.service = service;
    this.faults = faults;
    this.killer = killer;
    this.channel = ManagedChannelBuilder.forTarget(endpoint).usePlaintext().build();
    try {
      this.server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .addService(this)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void publish(PublishRequest request, StreamObserver<PublishResponse> client) {
    String topic = request.getTopic();
    String step = "publish to " + topic.substring(topic.lastIndexOf('/') + 1);
    Optional<Fault> fault = faults.of(new Call(service, Endpoint.PUBSUB, step));
    if (fault.isEmpty()) {
      answer(request, client);
    } else {
      happen(fault.get(), request, client);
    }
  }

  private void happen(Fault fault, PublishRequest request, StreamObserver<PublishResponse> client) {
    if (fault == Fault.STALL) {
      Wire.pause(Door.STALL);
      answer(request, client);
      return;
    }
    if (fault.isDone()) {
      handOn(request);
    }
    if (fault.kills()) {
      killer.run();
    }
    client.onError(Status.UNAVAILABLE.withDescription(fault.name()).asRuntimeException());
  }

  private void answer(PublishRequest request, StreamObserver<PublishResponse> client) {
    try {
      client.onNext(handOn(request));
      client.onCompleted();
    } catch (StatusRuntimeException refused) {
      client.onError(refused);
    }
  }

  private PublishResponse handOn(PublishRequest request) {
    return PublisherGrpc.newBlockingStub(channel).publish(request);
  }

  @Override
  public void close() {
    server.shutdownNow();
    channel.shutdownNow();
  }
}
