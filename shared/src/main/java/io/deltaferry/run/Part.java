package io.deltaferry.run;

/**
 * One staged object: a gzip member of CSV with its own header.
 *
 * @param name the object's name in the bucket
 * @param rows data rows, the header not counted
 * @param bytes compressed size
 * @param crc32c of the object, base64 as Cloud Storage writes it
 * @param generation of the object; the load reads no other
 */
public record Part(String name, long rows, long bytes, String crc32c, long generation) {}
