package io.deltaferry.service;

import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Finds the table file that {@code DELTAFERRY_TABLES} names: a path, or a {@code gs://} object. */
public final class TableFileLocation {
  private TableFileLocation() {}

  /**
   * Reads it.
   *
   * @throws DeltaferryException SETTING_INVALID when there is none, TABLE_FILE_INVALID with all its
   *     problems
   */
  public static TableFile read(Map<String, String> environment, Storage storage) {
    String location = environment.getOrDefault(ServiceSettings.TABLES, "");
    if (location.isBlank()) {
      throw new DeltaferryException(
          ErrorCode.SETTING_INVALID,
          ServiceSettings.TABLES + " is not set: a path or a gs:// object of the table file");
    }
    return location.startsWith("gs://")
        ? TableCatalog.read(location, fetch(location, storage), environment)
        : TableCatalog.read(Path.of(location), environment);
  }

  private static String fetch(String location, Storage storage) {
    try {
      return new String(
          storage.readAllBytes(BlobId.fromGsUtilUri(location)), StandardCharsets.UTF_8);
    } catch (StorageException | IllegalArgumentException e) {
      throw new DeltaferryException(
          ErrorCode.SETTING_INVALID,
          "cannot read the table file " + location + ": check that it exists and may be read",
          e);
    }
  }
}
