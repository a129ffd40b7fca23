package io.deltaferry.localgcp.bigquery.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
  @Test
  void workThatMeetsAnotherTransactionIsRunAgainUntilThatHasEnded(@TempDir Path directory)
      throws Exception {
    CountDownLatch tries = new CountDownLatch(5);
    try (Database database = Database.open(directory, "256MB", 2);
        Session first = new Session(database.connect());
        Session second = new Session(database.connect())) {
      first.begin();
      first.execute("CREATE TABLE made_once (a INTEGER)");
      CompletableFuture<Boolean> late =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return second.persistently(
                      () -> {
                        tries.countDown();
                        second.execute("CREATE TABLE IF NOT EXISTS made_once (a INTEGER)");
                        return true;
                      });
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });

      assertThat(tries.await(30, TimeUnit.SECONDS)).isTrue();
      first.commit();

      assertThat(late.get(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
