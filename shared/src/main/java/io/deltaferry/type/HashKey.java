package io.deltaferry.type;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The key of HMAC-SHA-256, cut up as a database can use it that knows SHA-256 alone:
 *
 * <pre>HMAC(key, text) = SHA-256(outer || SHA-256(inner || text))</pre>
 *
 * @param id by which keys are told apart; shows nothing of the key
 * @param inner the padded key of the inner hash, in hex
 * @param outer the padded key of the outer hash, in hex
 */
public record HashKey(String id, String inner, String outer) {
  /** Stands in every expression that makes a hash. */
  static final String SETTINGS = "deltaferry.hash_";

  /** Fewer could be found by trying. */
  private static final int FEWEST_BYTES = 16;

  private static final int BLOCK = 64;

  private static final int ID_DIGITS = 12;

  private static final byte INNER = 0x36;

  private static final byte OUTER = 0x5c;

  /**
   * The key whose bytes are those of the text.
   *
   * @throws IllegalArgumentException when it has fewer than 16
   */
  public static HashKey of(String secret) {
    byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    if (key.length < FEWEST_BYTES) {
      throw new IllegalArgumentException("a key has at least " + FEWEST_BYTES + " bytes");
    }
    byte[] block =
        Arrays.copyOf(key.length > BLOCK ? Hashing.sha256().hashBytes(key).asBytes() : key, BLOCK);
    HashFunction hmac = Hashing.hmacSha256(key);
    String id = hmac.hashString("deltaferry hash key", StandardCharsets.UTF_8).toString();
    return new HashKey(id.substring(0, ID_DIGITS), padded(block, INNER), padded(block, OUTER));
  }

  /**
   * The settings of a session, as the driver's {@code options} have them. They come with the login,
   * so that no statement holds them, which a server could log.
   */
  public String options() {
    return "-c %s=%s -c %s=%s".formatted(innerSetting(id), inner, outerSetting(id), outer);
  }

  static String innerSetting(String id) {
    return SETTINGS + "inner_" + id;
  }

  static String outerSetting(String id) {
    return SETTINGS + "outer_" + id;
  }

  private static String padded(byte[] block, byte pad) {
    byte[] padded = block.clone();
    for (int i = 0; i < padded.length; i++) {
      padded[i] ^= pad;
    }
    return HexFormat.of().formatHex(padded);
  }

  @Override
  public String toString() {
    return "HashKey[" + id + "]";
  }
}
