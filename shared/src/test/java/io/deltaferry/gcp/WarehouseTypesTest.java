package io.deltaferry.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.PolicyTags;
import com.google.cloud.bigquery.StandardSQLTypeName;
import io.deltaferry.table.WarehouseColumn;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarehouseTypesTest {
  /** Else a table that takes a target's place would show everybody what few may read. */
  @ParameterizedTest
  @ValueSource(strings = {"INT64", "STRING", "ARRAY<STRING>"})
  void aColumnInAnothersPlaceKeepsItsPolicyTags(String type) {
    PolicyTags tags =
        PolicyTags.newBuilder()
            .setNames(List.of("projects/p/locations/us/taxonomies/1/policyTags/2"))
            .build();
    Field old =
        Field.newBuilder("N", StandardSQLTypeName.INT64)
            .setPolicyTags(tags)
            .setDescription("what it is")
            .build();
    Field now = WarehouseTypes.field(new WarehouseColumn("n", type, false), List.of(old));
    assertThat(now.getPolicyTags()).isEqualTo(tags);
    assertThat(now.getDescription()).isEqualTo("what it is");
  }

  @Test
  void aNewColumnHasNone() {
    Field now = WarehouseTypes.field(new WarehouseColumn("n", "INT64", false), List.of());
    assertThat(now.getPolicyTags()).isNull();
    assertThat(now.getDescription()).isNull();
  }
}
