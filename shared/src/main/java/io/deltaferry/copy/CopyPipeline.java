package io.deltaferry.copy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses and writes beside the thread that reads.
 *
 * <pre>
 * reader -> free block, filled -> compressors (any order) -> writer (reader's order) -> free again
 * </pre>
 *
 * There are only so many blocks, so a slow sink slows the reader and memory stays constant. The
 * first failure of any thread stops all others; the open part is then aborted, never committed.
 */
final class CopyPipeline implements AutoCloseable {
  /** Ends the threads that take it; never filled. */
  private static final Block END = new Block();

  private final int compressors;
  private final BlockingQueue<Block> free;
  private final BlockingQueue<Block> toPack;
  private final BlockingQueue<Block> inOrder;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final PartsWriter parts;
  private final Runnable onFailure;

  /**
   * Starts the threads.
   *
   * @param onFailure called once, from the failing thread, to wake a reader that waits for the
   *     server
   */
  CopyPipeline(PartsWriter parts, int compressors, Runnable onFailure) {
    int blocks = 2 * compressors + 2;
    this.compressors = compressors;
    this.parts = parts;
    this.onFailure = onFailure;
    this.free = new ArrayBlockingQueue<>(blocks);
    this.toPack = new ArrayBlockingQueue<>(blocks + compressors);
    this.inOrder = new ArrayBlockingQueue<>(blocks + 1);
    for (int i = 0; i < blocks; i++) {
      free.add(new Block());
    }
    threads.add(thread("deltaferry-writer", this::writeAll));
    for (int i = 0; i < compressors; i++) {
      threads.add(thread("deltaferry-compressor-" + i, this::packAll));
    }
    threads.forEach(Thread::start);
  }

  /**
   * An empty block; waits until one is free.
   *
   * @throws PipelineFailure when a thread failed; its cause says why
   */
  Block take() throws PipelineFailure {
    try {
      Block block = free.take();
      Throwable failed = failure.get();
      if (failed != null) {
        throw new PipelineFailure(failed);
      }
      return block;
    } catch (InterruptedException e) {
      throw failed(e);
    }
  }

  /** Hands a filled block on; its order is the order of the rows. */
  void put(Block block) {
    inOrder.add(block);
    toPack.add(block);
  }

  /**
   * Completes the last part and waits until everything is written.
   *
   * @throws PipelineFailure when a thread failed; its cause says why
   */
  PartsWriter finish() throws PipelineFailure {
    inOrder.add(END);
    for (int i = 0; i < compressors; i++) {
      toPack.add(END);
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw failed(e);
    }
    Throwable failed = failure.get();
    if (failed != null) {
      throw new PipelineFailure(failed);
    }
    return parts;
  }

  /** What a thread failed with, or null. */
  @Nullable Throwable failure() {
    return failure.get();
  }

  /** Stops everything for this reason, unless there is one already; from any thread. */
  void fail(Throwable reason) {
    if (failure.compareAndSet(null, reason)) {
      threads.forEach(Thread::interrupt);
      // Wakes a reader that waits for a block.
      free.offer(END);
      onFailure.run();
    }
  }

  /** Ends all threads, whatever they do, and aborts the open part; without effect when finished. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    parts.abort();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private PipelineFailure failed(InterruptedException interrupt) {
    Throwable cause = failure.get();
    if (cause == null) {
      Thread.currentThread().interrupt();
      return new PipelineFailure(interrupt);
    }
    return new PipelineFailure(cause);
  }

  private void packAll() throws InterruptedException {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, /* nowrap= */ true);
    try {
      for (Block block = toPack.take(); block != END; block = toPack.take()) {
        block.pack(deflater);
      }
    } finally {
      deflater.end();
    }
  }

  private void writeAll() throws InterruptedException, IOException {
    for (Block block = inOrder.take(); block != END; block = inOrder.take()) {
      block.awaitPacked();
      parts.write(block);
      block.reset();
      free.add(block);
    }
    parts.finish();
  }

  private Thread thread(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Throwable e) {
                // An Error too: whatever ends one thread must end the extraction.
                fail(e);
              }
            },
            name);
    thread.setDaemon(true);
    return thread;
  }

  private interface Work {
    void run() throws InterruptedException, IOException;
  }
}
