package io.deltaferry.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Copies the real data into PostgreSQL, giving each row the stamp the source does not have. */
final class DemoRows {
  private static final String AIRPORTS = "COPY aviation.airports FROM STDIN (FORMAT csv)";
  private static final String BIRD_STRIKES = "COPY aviation.bird_strikes FROM STDIN (FORMAT csv)";
  private static final String FLIGHTS = "COPY aviation.flights FROM STDIN (FORMAT csv)";

  /** Rows are this far apart, three of them on each stamp. */
  private static final Duration STEP = Duration.ofNanos(1_000_137_000);

  private DemoRows() {}

  static void load(Connection connection, Instant now, FlightRows flights) throws SQLException {
    copy(connection, AIRPORTS, rows -> copyCarried(rows, "airports.csv.gz", now, Long.MAX_VALUE));
    copy(
        connection,
        BIRD_STRIKES,
        rows -> copyCarried(rows, "bird_strikes.csv.gz", now, Long.MAX_VALUE));
    copy(
        connection,
        FLIGHTS,
        rows -> {
          if (flights.file().isPresent()) {
            ParquetFlights.write(flights.file().get(), flights.count(), rows, now);
          } else {
            copyCarried(rows, "flights.csv.gz", now, flights.count());
          }
        });
  }

  /** The stamp of the row with this number, counted from 0; the oldest rows are the last ones. */
  static Instant stamp(Instant now, long row) {
    return now.minus(STEP.multipliedBy(row / 3));
  }

  private static void copy(Connection connection, String statement, RowSource source)
      throws SQLException {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    try (PGCopyOutputStream out = new PGCopyOutputStream(postgres, statement, 1 << 16);
        Writer rows = new java.io.OutputStreamWriter(out, StandardCharsets.UTF_8)) {
      source.writeTo(rows);
    } catch (IOException e) {
      throw new UncheckedIOException("the demo's data cannot be copied into PostgreSQL", e);
    }
  }

  /** The carried files have one row a line, so a stamp can be appended to each. */
  private static void copyCarried(Writer rows, String file, Instant now, long limit)
      throws IOException {
    try (InputStream raw = DemoScripts.open(file);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(raw), StandardCharsets.UTF_8))) {
      lines.readLine(); // the header
      String line = lines.readLine();
      for (long row = 0; line != null && row < limit; row++) {
        rows.append(line).append(',').append(stamp(now, row).toString()).append('\n');
        line = lines.readLine();
      }
    }
  }

  @FunctionalInterface
  private interface RowSource {
    void writeTo(Writer rows) throws IOException, SQLException;
  }
}
