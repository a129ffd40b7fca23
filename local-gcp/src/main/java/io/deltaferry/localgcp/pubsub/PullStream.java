package io.deltaferry.localgcp.pubsub;

import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.StreamingPullResponse.SubscriptionProperties;
import com.google.pubsub.v1.Subscription;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One streaming pull: takes what its flow control allows, accepts acknowledgements. */
final class PullStream implements StreamObserver<StreamingPullRequest>, DeliveryConsumer {
  private static final int MAX_BATCH = 1_000;

  private final Pulls pulls;
  private final ServerCallStreamObserver<StreamingPullResponse> client;

  /** Bytes by acknowledgement id of what this stream gave out. */
  private final Map<String, Integer> outstanding = new HashMap<>();

  private @Nullable Delivery delivery;
  private long maxMessages;
  private long maxBytes;
  private Duration deadline = Duration.ZERO;
  private boolean answersPings;
  private boolean closed;

  PullStream(Pulls pulls, ServerCallStreamObserver<StreamingPullResponse> client) {
    this.pulls = pulls;
    this.client = client;
    client.setOnCancelHandler(this::leave);
    client.setOnReadyHandler(this::wake);
  }

  @Override
  public synchronized void onNext(StreamingPullRequest request) {
    try {
      if (delivery == null) {
        open(request);
      } else {
        goOn(request);
      }
      settle(request);
    } catch (StatusRuntimeException e) {
      fail(e);
    }
  }

  private void open(StreamingPullRequest request) {
    Delivery found = pulls.requirePull(request.getSubscription());
    setDeadline(request.getStreamAckDeadlineSeconds());
    maxMessages = limit(request.getMaxOutstandingMessages());
    maxBytes = limit(request.getMaxOutstandingBytes());
    answersPings = request.getProtocolVersion() >= 1;
    delivery = found;
    found.attach(this);
  }

  private void goOn(StreamingPullRequest request) {
    if (request.getStreamAckDeadlineSeconds() != 0) {
      setDeadline(request.getStreamAckDeadlineSeconds());
    }
    if (answersPings && request.getAckIdsCount() == 0) {
      client.onNext(StreamingPullResponse.getDefaultInstance());
    }
  }

  private void setDeadline(int seconds) {
    Ranges.require("stream_ack_deadline_seconds", seconds, 10, 600);
    deadline = Duration.ofSeconds(seconds);
  }

  /** Zero and below mean no limit. */
  private static long limit(long asked) {
    return asked <= 0 ? Long.MAX_VALUE : asked;
  }

  private void settle(StreamingPullRequest request) {
    Delivery present = delivery;
    if (present == null) {
      return;
    }
    if (request.getAckIdsCount() > 0) {
      present.acknowledge(Pulls.checked(request.getAckIdsList()));
    }
    if (request.getModifyDeadlineAckIdsCount() != request.getModifyDeadlineSecondsCount()) {
      throw Refusal.invalid("modify_deadline_ack_ids and _seconds differ in length.");
    }
    for (int i = 0; i < request.getModifyDeadlineAckIdsCount(); i++) {
      int seconds = request.getModifyDeadlineSeconds(i);
      Ranges.require("modify_deadline_seconds", seconds, 0, 600);
      List<String> id = Pulls.checked(List.of(request.getModifyDeadlineAckIds(i)));
      present.modifyDeadline(id, Duration.ofSeconds(seconds));
    }
  }

  @Override
  public synchronized void take() {
    Delivery present = delivery;
    if (closed || present == null) {
      return;
    }
    try {
      present.checkPullable();
    } catch (StatusRuntimeException e) {
      fail(e);
      return;
    }
    outstanding.keySet().removeIf(id -> !present.isLeased(id));
    List<Lease> leases = leaseFrom(present);
    while (!leases.isEmpty()) {
      send(leases, present.definition());
      leases = leaseFrom(present);
    }
  }

  private List<Lease> leaseFrom(Delivery present) {
    long bytes = outstanding.values().stream().mapToLong(Integer::longValue).sum();
    int free = (int) Math.min(MAX_BATCH, maxMessages - outstanding.size());
    if (!client.isReady() || free <= 0 || bytes >= maxBytes) {
      return List.of();
    }
    return present.lease(free, Math.min(maxBytes - bytes, Lease.MAX_BATCH_BYTES), deadline);
  }

  private void send(List<Lease> leases, Subscription definition) {
    StreamingPullResponse.Builder response =
        StreamingPullResponse.newBuilder()
            .setSubscriptionProperties(
                SubscriptionProperties.newBuilder()
                    .setMessageOrderingEnabled(definition.getEnableMessageOrdering()));
    for (Lease lease : leases) {
      outstanding.put(lease.ackId(), lease.message().getSerializedSize());
      response.addReceivedMessages(Pulls.received(lease, definition));
    }
    client.onNext(response.build());
  }

  @Override
  public void onError(Throwable failure) {
    leave();
  }

  @Override
  public synchronized void onCompleted() {
    if (!closed) {
      leave();
      client.onCompleted();
    }
  }

  private void fail(StatusRuntimeException reason) {
    if (!closed) {
      leave();
      client.onError(reason);
    }
  }

  private void wake() {
    Delivery present = delivery;
    if (present != null) {
      present.wake();
    }
  }

  /** What it gave out stays leased until its deadline, as with the service. */
  private synchronized void leave() {
    closed = true;
    if (delivery != null) {
      delivery.detach(this);
    }
  }
}
