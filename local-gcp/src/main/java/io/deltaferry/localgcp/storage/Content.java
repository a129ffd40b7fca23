package io.deltaferry.localgcp.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Received bytes that belong to no object yet. */
record Content(Path file, long size, String crc32c, @Nullable String md5, int componentCount) {}
