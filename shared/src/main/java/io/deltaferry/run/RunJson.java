package io.deltaferry.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.google.common.hash.Hashing;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.nio.charset.StandardCharsets;

/** The JSON of the objects in the bucket; the same value always gives the same bytes. */
public final class RunJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          // A newer version may have written more; the stages of one run read what they know.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Hex digits of a hash that stand in a job's name. */
  private static final int HASH_DIGITS = 12;

  private RunJson() {}

  /**
   * By which an object's text is known again: a manifest names its plan by it, and a job its
   * manifest; twelve hex digits.
   */
  public static String hash(String text) {
    return Hashing.sha256()
        .hashString(text, StandardCharsets.UTF_8)
        .toString()
        .substring(0, HASH_DIGITS);
  }

  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON: " + value.getClass(), e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws DeltaferryException STAGING_CORRUPT when the bytes are not such an object
   */
  public static <T> T read(String objectName, String content, Class<T> type) {
    try {
      return MAPPER.readValue(content, type);
    } catch (JsonProcessingException e) {
      throw new DeltaferryException(
          ErrorCode.STAGING_CORRUPT,
          objectName
              + " is not a readable "
              + type.getSimpleName()
              + "; it was edited by hand or written by an incompatible version",
          e);
    }
  }
}
