package io.deltaferry.gcp;

import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import io.deltaferry.copy.PartReceipt;
import io.deltaferry.copy.PartSink;
import io.deltaferry.copy.PartWriter;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * Parts below one prefix of the staging bucket, through resumable uploads.
 *
 * <p>Closing the client's channel finalises the upload even after an exception, which would publish
 * a cut object; so an aborted part is never closed, and its upload session expires unseen.
 */
public final class StoragePartSink implements PartSink {
  /** A multiple of 256 KiB; one buffer of this size is held per open part. */
  private static final int CHUNK_BYTES = 4 * 1024 * 1024;

  private final Storage storage;
  private final String bucket;
  private final String prefix;

  public StoragePartSink(Storage storage, String bucket, String prefix) {
    this.storage = storage;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  @Override
  public PartWriter open(int number) throws IOException {
    String name = prefix + String.format(Locale.ROOT, "%05d", number);
    BlobInfo info = BlobInfo.newBuilder(bucket, name).setContentType("application/gzip").build();
    try {
      WriteChannel channel = storage.writer(info, BlobWriteOption.doesNotExist());
      channel.setChunkSize(CHUNK_BYTES);
      return new Upload(name, channel);
    } catch (StorageException e) {
      throw StorageErrors.unavailable("creating " + name, bucket, e);
    }
  }

  private final class Upload implements PartWriter {
    private final String name;
    private final WriteChannel channel;
    private final CRC32C checksum = new CRC32C();
    private long bytes;

    Upload(String name, WriteChannel channel) {
      this.name = name;
      this.channel = channel;
    }

    @Override
    public void write(ByteBuffer content) throws IOException {
      checksum.update(content.duplicate());
      bytes += content.remaining();
      try {
        while (content.hasRemaining()) {
          channel.write(content);
        }
      } catch (StorageException e) {
        throw StorageErrors.unavailable("writing " + name, bucket, e);
      }
    }

    @Override
    public PartReceipt commit(long rows) throws IOException {
      try {
        channel.close();
        Blob stored = storage.get(BlobId.of(bucket, name));
        String expected = crc32c();
        if (stored == null || stored.getSize() != bytes || !expected.equals(stored.getCrc32c())) {
          throw new DeltaferryException(
              ErrorCode.STAGING_UNAVAILABLE,
              name + " is not in the bucket as it was sent; it will be extracted again");
        }
        return new PartReceipt(name, rows, bytes, expected, stored.getGeneration());
      } catch (StorageException e) {
        throw StorageErrors.unavailable("finishing " + name, bucket, e);
      }
    }

    @Override
    public void abort() {
      // Nothing to do: see the class comment.
    }

    private String crc32c() {
      byte[] bigEndian = ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array();
      return Base64.getEncoder().encodeToString(bigEndian);
    }
  }
}
