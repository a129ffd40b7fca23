package io.deltaferry.localgcp.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;

/** The running crc32c and md5 of content while it is written. */
final class Checksum {
  private final CRC32C crc32c = new CRC32C();
  private final MessageDigest md5 = md5Digest();

  void update(byte[] bytes, int offset, int length) {
    crc32c.update(bytes, offset, length);
    md5.update(bytes, offset, length);
  }

  String crc32c() {
    byte[] bigEndian = ByteBuffer.allocate(4).putInt((int) crc32c.getValue()).array();
    return Base64.getEncoder().encodeToString(bigEndian);
  }

  /** Ends the md5: call once. */
  String md5() {
    return Base64.getEncoder().encodeToString(md5.digest());
  }

  private static MessageDigest md5Digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
