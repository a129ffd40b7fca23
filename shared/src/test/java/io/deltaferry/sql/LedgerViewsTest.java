package io.deltaferry.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.testing.Golden;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The views as text; what they say is proven where they run, against the local BigQuery. */
class LedgerViewsTest {
  private final LedgerViews views = new LedgerViews("p", "c");

  @Test
  void areWrittenAsTheyWere() {
    Map<String, String> texts = new TreeMap<>();
    views
        .ofRuns()
        .forEach(view -> texts.put(view.ref().table() + ".sql", text(views.create(view))));
    texts.put("sync_state.sql", text(views.create(views.ofStates())));
    texts.put("open_runs.sql", EventsTable.openRuns(EventsTable.ref("p", "c")).text() + "\n");
    Golden.verify("io/deltaferry/sql/views", texts);
  }

  @Test
  void anotherTextHasAnotherLabel() {
    assertThat(views.definition()).matches("[0-9a-f]{12}");
    assertThat(new LedgerViews("p", "d").definition()).isNotEqualTo(views.definition());
  }

  /** What changes with every change of any text would hide what changed. */
  private String text(Statement statement) {
    return statement.text().replace(views.definition(), "DEFINITION") + "\n";
  }
}
