package io.deltaferry.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two steps that look alike would be one, and only one of them would ever be the last. */
class CallTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST|/upload/storage/v1/b/b/o?uploadType=multipart|{\"name\":\"control/t/9999999998/plan.json\"}|create control/plan.json",
        "POST|/upload/storage/v1/b/b/o?uploadType=multipart|{\"name\":\"control/t/9999999998/slices/0/outcome.json\"}|create control/outcome.json",
        "POST|/upload/storage/v1/b/b/o?uploadType=multipart|{\"name\":\"manifests/t/1.json\"}|create manifests/*",
        "POST|/upload/storage/v1/b/b/o?uploadType=resumable&name=parts/t/1/0/a/1||create parts/*",
        "PUT|/upload/storage/v1/b/b/o?uploadType=resumable&name=parts/t/1/0/a/1&upload_id=7||upload bytes of parts/*",
        "GET|/download/storage/v1/b/b/o/control%2Ft%2F9999999998%2Fend.json?alt=media||read control/end.json",
        "POST|/bigquery/v2/projects/p/jobs|{\"jobReference\":{\"jobId\":\"df_merge_t_1_0a\"}}|insert merge job",
        "POST|/bigquery/v2/projects/p/jobs|{\"jobReference\":{\"jobId\":\"df_load_t_1_0a\"}}|insert load job",
        "GET|/bigquery/v2/projects/p/jobs/df_load_t_1_0a||look at a job",
        "GET|/bigquery/v2/projects/p/datasets/control/tables/t||GET table of control",
      })
  void isTold(String method, String target, @Nullable String body, String step) throws IOException {
    byte[] plain = (body == null ? "" : body).getBytes(StandardCharsets.UTF_8);
    assertThat(Call.of("loader", method, URI.create(target), plain).step()).isEqualTo(step);
    assertThat(Call.of("loader", method, URI.create(target), zipped(plain)).step()).isEqualTo(step);
  }

  /** As Google's clients send it. */
  private static byte[] zipped(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }
}
