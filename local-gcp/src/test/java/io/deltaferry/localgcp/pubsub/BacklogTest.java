package io.deltaferry.localgcp.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final Backlog backlog = new Backlog(true);

  @Test
  void leasesInOrderAndNotTwice() {
    add("1", "");
    add("2", "");
    assertThat(lease(1, NOON)).extracting(BacklogTest::id).containsExactly("1");
    assertThat(lease(9, NOON)).extracting(BacklogTest::id).containsExactly("2");
    assertThat(lease(9, NOON)).isEmpty();
    assertThat(backlog.outstanding()).isEqualTo(2);
  }

  @Test
  void aLeaseEndsAtItsDeadlineUnlessExtended() {
    add("1", "");
    Lease lease = lease(1, NOON).get(0);
    assertThat(backlog.overdue(NOON.plusSeconds(9))).isEmpty();
    assertThat(backlog.overdue(NOON.plusSeconds(10))).hasSize(1);
    backlog.extend(backlog.leasedBy(lease.ackId()).orElseThrow(), NOON.plusSeconds(30));
    assertThat(backlog.overdue(NOON.plusSeconds(29))).isEmpty();
    assertThat(backlog.nextChange(NOON)).contains(NOON.plusSeconds(30));
  }

  @Test
  void aReleasedMessageComesBackWhenDueUnderANewAckId() {
    add("1", "");
    Lease first = lease(1, NOON).get(0);
    backlog.release(backlog.leasedBy(first.ackId()).orElseThrow(), NOON.plusSeconds(5));
    assertThat(backlog.leasedBy(first.ackId())).isEmpty();
    assertThat(lease(1, NOON.plusSeconds(4))).isEmpty();
    assertThat(backlog.nextChange(NOON)).contains(NOON.plusSeconds(5));
    Lease second = lease(1, NOON.plusSeconds(5)).get(0);
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.ackId()).isNotEqualTo(first.ackId());
  }

  @Test
  void nothingOfAnOrderingKeyOvertakesARedelivery() {
    add("1", "a");
    add("2", "a");
    add("3", "b");
    List<Lease> out = lease(9, NOON);
    assertThat(out).extracting(BacklogTest::id).containsExactly("1", "3");
    backlog.release(backlog.leasedBy(out.get(0).ackId()).orElseThrow(), NOON.plusSeconds(5));
    assertThat(lease(9, NOON)).isEmpty();
    Lease again = lease(9, NOON.plusSeconds(5)).get(0);
    backlog.settle(backlog.leasedBy(again.ackId()).orElseThrow());
    assertThat(lease(9, NOON)).extracting(BacklogTest::id).containsExactly("2");
  }

  @Test
  void byteLimitStopsABatchButNotItsFirstMessage() {
    add("1", "");
    add("2", "");
    assertThat(backlog.lease(9, 1, NOON, NOON)).extracting(BacklogTest::id).containsExactly("1");
  }

  @Test
  void settlingAMessageThatStillQueuesBehindItsKeyKeepsTheOthersInOrder() {
    add("1", "a");
    add("2", "a");
    add("3", "a");
    backlog.settle(backlog.entries().get(1));
    Lease first = lease(9, NOON).get(0);
    backlog.settle(backlog.leasedBy(first.ackId()).orElseThrow());
    assertThat(lease(9, NOON)).extracting(BacklogTest::id).containsExactly("3");
    assertThat(backlog.size()).isEqualTo(1);
  }

  @Test
  void aSettledMessageNeitherComesBackNorFreesItsKeyTwice() {
    add("1", "a");
    add("2", "a");
    add("3", "a");
    BacklogEntry first = backlog.leasedBy(lease(1, NOON).get(0).ackId()).orElseThrow();
    backlog.settle(first);
    assertThat(lease(9, NOON)).extracting(BacklogTest::id).containsExactly("2");
    backlog.settle(first);
    backlog.release(first, NOON);
    assertThat(lease(9, NOON)).isEmpty();
    assertThat(backlog.size()).isEqualTo(2);
  }

  private List<Lease> lease(int max, Instant now) {
    return backlog.lease(max, Long.MAX_VALUE, now, now.plusSeconds(10));
  }

  private void add(String id, String key) {
    PubsubMessage message =
        PubsubMessage.newBuilder()
            .setMessageId(id)
            .setOrderingKey(key)
            .setData(ByteString.copyFromUtf8("x".repeat(20)))
            .setPublishTime(Times.of(NOON))
            .build();
    backlog.add(message, NOON);
  }

  private static String id(Lease lease) {
    return lease.message().getMessageId();
  }
}
