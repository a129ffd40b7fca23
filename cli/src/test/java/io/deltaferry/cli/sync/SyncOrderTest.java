package io.deltaferry.cli.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SyncOrderTest {
  private static final TableFile FILE =
      TableCatalog.read(
          """
          source: {url: "postgresql://a:b@localhost/c"}
          target: {project: p-local, dataset: d, staging_dataset: s, control_dataset: c, location: US}
          bucket: some-bucket
          defaults: {cursor: at}
          tables:
            low: {source: a.low, priority: -1}
            first: {source: a.first}
            second: {source: a.second}
            high: {source: a.high, priority: 7}
          """,
          Map.of());

  @Test
  void highPrioritiesGoFirstAndEqualOnesAsInTheFile() {
    assertThat(SyncOrder.of(FILE, List.of(), null))
        .containsExactly("high", "first", "second", "low");
    assertThat(SyncOrder.of(FILE, List.of("low", "second", "second"), null))
        .containsExactly("second", "low");
  }

  @Test
  void tablesOfAnotherModeAreLeftOut() {
    assertThat(SyncOrder.of(FILE, List.of("low", "high"), SyncMode.INCREMENTAL))
        .containsExactly("high", "low");
  }

  @Test
  void unknownTablesAreRefusedWithTheNearest() {
    assertThatThrownBy(() -> SyncOrder.of(FILE, List.of("high", "frist"), null))
        .isInstanceOf(DeltaferryException.class)
        .hasMessageContaining("'frist'")
        .hasMessageContaining("did you mean 'first'?");
  }
}
