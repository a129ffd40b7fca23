package io.deltaferry.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class RowDigestTest {
  @Property
  void theOrderOfTheRowsDoesNotMatter(@ForAll List<String> rows, @ForAll long seed) {
    List<String> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(digest("h", shuffled)).isEqualTo(digest("h", rows));
  }

  @Property
  void everyRowMatters(@ForAll @NotEmpty List<String> rows) {
    String whole = digest("h", rows);
    assertThat(digest("h", rows.subList(1, rows.size()))).isNotEqualTo(whole);
    List<String> changed = new ArrayList<>(rows);
    changed.set(0, rows.get(0) + "x");
    assertThat(digest("h", changed)).isNotEqualTo(whole);
    List<String> doubled = new ArrayList<>(rows);
    doubled.add(rows.get(0));
    assertThat(digest("h", doubled)).isNotEqualTo(whole);
  }

  @Test
  void theNamesOfTheColumnsMatter() {
    assertThat(digest("a,b", List.of("1,2"))).isNotEqualTo(digest("b,a", List.of("1,2")));
  }

  private static String digest(String header, List<String> rows) {
    RowDigest digest = new RowDigest(header.getBytes(StandardCharsets.UTF_8));
    for (String row : rows) {
      byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
      digest.add(bytes, bytes.length);
    }
    return digest.text();
  }
}
