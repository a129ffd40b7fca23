package io.deltaferry.localgcp.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A source file whose reader waits, in the middle of its load, until the test lets it go on. */
final class HeldFile implements Supplier<InputStream>, AutoCloseable {
  private final CountDownLatch opened = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final String text;

  HeldFile(String text) {
    this.text = text;
  }

  void awaitOpened() throws InterruptedException {
    assertThat(opened.await(30, TimeUnit.SECONDS)).as("a load opened the file").isTrue();
  }

  @Override
  public InputStream get() {
    opened.countDown();
    try {
      released.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Lets the reader go on. */
  @Override
  public void close() {
    released.countDown();
  }
}
