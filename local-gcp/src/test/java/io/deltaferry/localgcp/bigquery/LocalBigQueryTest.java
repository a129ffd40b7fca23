package io.deltaferry.localgcp.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.localgcp.bigquery.LocalBigQuery.Settings;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBigQueryTest {
  @Test
  void aStartThatFindsItsPortTakenLeavesTheFileToTheNextOne(@TempDir Path directory)
      throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Settings settings =
          Settings.of(taken.getLocalPort(), directory, new MemoryFiles(), Clock.systemUTC());
      assertThatThrownBy(() -> LocalBigQuery.start(settings))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(String.valueOf(taken.getLocalPort()));
    }
    // DuckDB refuses other settings for a file that is still open.
    Settings other = Settings.of(0, directory, new MemoryFiles(), Clock.systemUTC());
    try (LocalBigQuery started = LocalBigQuery.start(other.withMemoryLimit("300MB"))) {
      assertThat(started.port()).isPositive();
    }
  }
}
