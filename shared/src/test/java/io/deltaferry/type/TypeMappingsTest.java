package io.deltaferry.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TypeMappingsTest {
  private static final PgType REGCLASS = PgType.base("regclass");

  @Test
  void namesAllUnsupportedColumnsAndTheWayOut() {
    Map<String, PgType> columns = new LinkedHashMap<>();
    columns.put("a", REGCLASS);
    columns.put("b", PgType.base("int4"));
    columns.put("c", new PgType(PgType.Kind.ARRAY, "_tid", -1, "tid[]", PgType.base("tid")));
    columns.put("d", new PgType(PgType.Kind.PSEUDO, "record", -1, "record", null));
    DeltaferryException failure =
        catchThrowableOfType(
            DeltaferryException.class, () -> TypeMappings.of(columns, MappingOptions.DEFAULT));
    assertThat(failure.code()).isEqualTo(ErrorCode.TYPE_UNSUPPORTED);
    assertThat(failure)
        .hasMessageContaining("\"a\" has type regclass")
        .hasMessageContaining("\"c\" has type tid[]")
        .hasMessageContaining("\"d\" has type record")
        .hasMessageContaining("unknown_types: text")
        .hasMessageNotContaining("\"b\"");
  }

  @Test
  void unknownTypesBecomeTextWhenTheTableSaysSo() {
    TypeMapping mapping =
        TypeMappings.of("a", REGCLASS, new MappingOptions(Map.of(), true, Set.of()));
    assertThat(mapping.target().sql()).isEqualTo("STRING");
    assertThat(mapping.select("\"a\"")).isEqualTo("\"a\"::text");
    assertThat(mapping.lossy("\"a\"")).isEmpty();
  }

  @Test
  void policiesDecideWhatIsSelected() {
    assertThat(date(LossPolicy.CLAMP).select("d"))
        .isEqualTo(
            "CASE WHEN d < '0001-01-01'::date THEN '0001-01-01'::date WHEN d > '9999-12-31'::date"
                + " THEN '9999-12-31'::date ELSE d END");
    assertThat(date(LossPolicy.NULL).select("d"))
        .isEqualTo(
            "CASE WHEN (d < '0001-01-01'::date OR d > '9999-12-31'::date) THEN NULL ELSE d END");
    assertThat(date(LossPolicy.FAIL).select("d")).isEqualTo("d");
    assertThat(date(LossPolicy.FAIL).lossy("d")).isPresent();
    assertThat(date(LossPolicy.STRING))
        .isEqualTo(
            new TypeMapping(
                "d",
                BqType.of(BqType.Name.STRING),
                LossPolicy.STRING,
                "{c}",
                date(LossPolicy.FAIL).lossyTemplate()));
    assertThat(date(LossPolicy.CLAMP).lossKind()).hasValue(LossKind.CLAMPED);
    assertThat(date(LossPolicy.NULL).lossKind()).hasValue(LossKind.NULLED);
    assertThat(date(LossPolicy.STRING).lossKind()).hasValue(LossKind.AS_TEXT);
    assertThat(date(LossPolicy.FAIL).lossKind()).isEmpty();
    assertThat(TypeMappings.of("j", PgType.base("jsonb"), MappingOptions.DEFAULT).lossKind())
        .hasValue(LossKind.ROUNDED);
  }

  @Test
  void theStringPolicyHoldsForEveryType() {
    TypeMapping json = TypeMappings.of("j", PgType.base("jsonb"), options("j", LossPolicy.STRING));
    assertThat(json.target().name()).isEqualTo(BqType.Name.STRING);
    assertThat(json.lossy("j")).isEmpty();
    TypeMapping id = TypeMappings.of("i", PgType.base("int8"), options("i", LossPolicy.STRING));
    assertThat(id.target().name()).isEqualTo(BqType.Name.STRING);
  }

  @Test
  void aNumericFailsUnlessToldAndIsNeverClamped() {
    PgType numeric = PgType.base("numeric");
    assertThat(TypeMappings.of("n", numeric, MappingOptions.DEFAULT).policy())
        .isEqualTo(LossPolicy.FAIL);
    DeltaferryException failure =
        catchThrowableOfType(
            DeltaferryException.class,
            () -> TypeMappings.of("n", numeric, options("n", LossPolicy.CLAMP)));
    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_FILE_INVALID);
    assertThat(failure).hasMessageContaining("\"n\"").hasMessageContaining("fail, null or string");
  }

  @Test
  void keysAreNeverChanged() {
    Set<String> key = Set.of("k");
    TypeMapping stamp =
        TypeMappings.of("k", PgType.base("timestamptz"), new MappingOptions(Map.of(), false, key));
    assertThat(stamp.policy()).isEqualTo(LossPolicy.FAIL);
    TypeMapping number =
        TypeMappings.of("k", PgType.base("float8"), new MappingOptions(Map.of(), false, key));
    assertThat(number.lossy("k")).hasValue("(k IS NULL OR k = 'NaN')");
    TypeMapping text =
        TypeMappings.of(
            "k",
            PgType.base("date"),
            new MappingOptions(Map.of("k", LossPolicy.STRING), false, key));
    assertThat(text.target().name()).isEqualTo(BqType.Name.STRING);
    assertThat(text.policy()).isEqualTo(LossPolicy.FAIL);
    assertThat(text.lossy("k")).hasValue("(k IS NULL)");
    for (String type : List.of("jsonb", "citext")) {
      assertThat(keyFailure(PgType.base(type), Map.of()).code()).isEqualTo(ErrorCode.KEY_INVALID);
    }
    assertThat(keyFailure(PgType.base("date"), Map.of("k", LossPolicy.CLAMP)))
        .hasMessageContaining("\"k\" is a key")
        .hasMessageContaining("fail or string");
  }

  /** By whatever name BigQuery takes it; nothing else of `columns` fits a hash. */
  @Test
  void aHashedColumnCanBeRenamed() {
    MappingOptions.Hashed hashed = new MappingOptions.Hashed(Set.of("_file_mail"), "k");
    ColumnSettings renamed =
        new ColumnSettings(null, "mail", null, null, null, false, false, false);
    List<TypeMapping> mappings =
        TypeMappings.of(
            Map.of("_file_mail", PgType.base("bpchar")),
            new MappingOptions(Map.of(), false, Set.of(), hashed, Map.of("_file_mail", renamed)));
    assertThat(mappings.get(0).name()).isEqualTo("mail");
    assertThat(mappings.get(0).hashes()).isTrue();
    assertThat(mappings.get(0).select("c")).contains("concat(c::text)");
    ColumnSettings json = new ColumnSettings(null, "mail", null, null, null, true, false, false);
    DeltaferryException failure =
        catchThrowableOfType(
            DeltaferryException.class,
            () ->
                TypeMappings.of(
                    "_file_mail",
                    PgType.base("jsonb"),
                    new MappingOptions(
                        Map.of(), false, Set.of(), hashed, Map.of("_file_mail", json))));
    assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_FILE_INVALID);
    assertThat(failure).hasMessageContaining("can only be renamed");
  }

  @Test
  void typesAreReadBackFromTheirText() {
    for (String text : List.of("INT64", "NUMERIC(12, 2)", "BIGNUMERIC(76, 38)", "STRING")) {
      assertThat(BqType.parse(text).sql()).isEqualTo(text);
    }
  }

  private static DeltaferryException keyFailure(PgType type, Map<String, LossPolicy> policies) {
    return catchThrowableOfType(
        DeltaferryException.class,
        () -> TypeMappings.of("k", type, new MappingOptions(policies, false, Set.of("k"))));
  }

  private static TypeMapping date(LossPolicy policy) {
    return TypeMappings.of("d", PgType.base("date"), options("d", policy));
  }

  private static MappingOptions options(String column, LossPolicy policy) {
    return new MappingOptions(Map.of(column, policy), false, Set.of());
  }
}
