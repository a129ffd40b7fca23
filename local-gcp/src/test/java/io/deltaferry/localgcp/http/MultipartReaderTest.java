package io.deltaferry.localgcp.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Parts come out as they went in, whatever bytes they hold. */
class MultipartReaderTest {

  private static byte[] body(List<byte[]> parts, String lineBreak) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      write(out, "--b" + lineBreak + "Content-Type: x/y" + lineBreak + lineBreak);
      out.writeBytes(part);
      write(out, lineBreak);
    }
    write(out, "--b--" + lineBreak);
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(UTF_8));
  }

  private static List<byte[]> read(byte[] body) throws Exception {
    MultipartReader reader = new MultipartReader(new ByteArrayInputStream(body), "b");
    List<byte[]> parts = new ArrayList<>();
    while (reader.next()) {
      assertThat(reader.header("content-type")).hasValue("x/y");
      parts.add(reader.body().readAllBytes());
    }
    return parts;
  }

  @Property(tries = 50)
  void partsOfAnyBytesComeBack(
      @ForAll @Size(min = 1, max = 4) List<byte[]> parts,
      @ForAll boolean carriage,
      @ForAll @IntRange(max = 300_000) int extra)
      throws Exception {
    List<byte[]> all = new ArrayList<>(parts);
    byte[] nearly = "\r\n--\r\n--c\r\r\n-".repeat(1 + extra / 13).getBytes(UTF_8);
    all.add(nearly);
    assertThat(read(body(all, carriage ? "\r\n" : "\n"))).containsExactlyElementsOf(all);
  }

  @Test
  void aPartMayHaveNoBodyAndMayBeSkipped() throws Exception {
    String text =
        "preamble\r\n--b\r\nA: 1\r\n\r\n--b \r\nA: 2\r\n\r\nskipped\r\n--b\r\nA: 3\r\n\r\nend\r\n--b--";
    MultipartReader reader =
        new MultipartReader(new ByteArrayInputStream(text.getBytes(UTF_8)), "b");
    assertThat(reader.next()).isTrue();
    assertThat(reader.body().readAllBytes()).isEmpty();
    assertThat(reader.next()).isTrue();
    assertThat(reader.next()).isTrue();
    assertThat(reader.header("A")).hasValue("3");
    assertThat(reader.body().readAllBytes()).asString().isEqualTo("end");
    assertThat(reader.next()).isFalse();
  }

  @Test
  void aBodyThatEndsEarlyIsRefused() {
    for (String text : List.of("", "--b", "--b\r\nContent-Type: x/y\r\n\r\nhalf\r\n--")) {
      assertThatThrownBy(() -> read(text.getBytes(UTF_8)))
          .isInstanceOfSatisfying(GoogleError.class, e -> assertThat(e.code()).isEqualTo(400));
    }
  }
}
