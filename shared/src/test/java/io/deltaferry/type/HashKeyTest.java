package io.deltaferry.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashKeyTest {
  /** Shorter than a block of SHA-256, as long as one, and longer: then it is hashed itself. */
  @ParameterizedTest
  @ValueSource(ints = {16, 63, 64, 65, 200})
  void twoHashesWithItsHalvesAreAnHmac(int length) {
    String secret = "\u00e9" + "k".repeat(length - 2);
    HashKey key = HashKey.of(secret);

    assertThat(hash(key.outer(), hash(key.inner(), "text".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(
            Hashing.hmacSha256(secret.getBytes(StandardCharsets.UTF_8))
                .hashString("text", StandardCharsets.UTF_8)
                .asBytes());
  }

  private static byte[] hash(String padded, byte[] text) {
    return Hashing.sha256()
        .newHasher()
        .putBytes(HexFormat.of().parseHex(padded))
        .putBytes(text)
        .hash()
        .asBytes();
  }

  @Test
  void aShortOneIsRefused() {
    assertThatThrownBy(() -> HashKey.of("fifteen bytes ."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a key has at least 16 bytes");
  }

  @Test
  void itsNameTellsItFromOthersAndShowsNothingOfIt() {
    HashKey one = HashKey.of("the first of two keys");
    HashKey other = HashKey.of("the second of two keys");

    assertThat(one.id()).isNotEqualTo(other.id()).hasSize(12);
    assertThat(one.toString()).isEqualTo("HashKey[" + one.id() + "]");
  }
}
