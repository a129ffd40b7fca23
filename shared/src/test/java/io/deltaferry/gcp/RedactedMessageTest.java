package io.deltaferry.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactedMessageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Error while reading data, error message: Could not parse 's3cr3t' as INT64 for field a (position 3) starting at location 12",
        "Could not parse 'it's s3cr3t' as DATE for field a (position 3) with message 'Unable to parse s3cr3t'; gs://b/parts/x",
        "Bad int64 value: s3cr3t",
        "Bad double value: s3cr3t at [3:7]",
        "Invalid date: 's3cr3t'",
        "Invalid NUMERIC value: s3cr3t",
        "Could not cast literal: \"s3cr3t\"",
      })
  void aValueIsNotTold(String message) {
    assertThat(RedactedMessage.of(message)).doesNotContain("s3cr3t");
  }

  @Test
  void whatAPersonNeedsStays() {
    assertThat(
            RedactedMessage.of(
                "Could not parse 'x' as INT64 for field amount (position 3) starting at location 12;"
                    + " gs://b/parts/x"))
        .isEqualTo(
            "Could not parse … as INT64 for field amount (position 3) starting at location 12;"
                + " gs://b/parts/x");
    String assertion = "Assertion failed: COUNTS_DIFFER: rows merged are not the rows extracted";
    assertThat(RedactedMessage.of(assertion)).isEqualTo(assertion);
  }
}
