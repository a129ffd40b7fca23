package io.deltaferry.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import io.deltaferry.cli.endtoend.RunningStack;
import io.deltaferry.cli.endtoend.World;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.testing.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was staged is damaged before it is loaded: the run fails with the part's name, nothing is
 * merged, the watermark stays, and the next run brings everything.
 */
class CorruptionIT {
  private static final String TABLES =
      """
      truncated: {source: public.truncated}
      missing: {source: public.missing}
      longer: {source: public.longer}
      lying: {source: public.lying}
      forged: {source: public.forged}
      """;

  private static ChaosStack chaos;
  private static World world;

  @BeforeAll
  static void start(@TempDir Path directory) throws InterruptedException {
    TestPostgres postgres = TestPostgres.create();
    chaos = new ChaosStack(directory, World.url(postgres), TABLES, Map.of("loader", 1));
    world = new World(postgres, chaos.stack());
  }

  @AfterAll
  static void stop() {
    world.close();
    chaos.close();
  }

  @Test
  void aTruncatedPart() {
    SyncCompleted end =
        damaged("truncated", part -> rewrite(part, all -> Arrays.copyOf(all, all.length / 2)));
    assertThat(end.errorMessage()).contains(partOf(end)).contains("bytes, and ");
  }

  @Test
  void aMissingPart() {
    SyncCompleted end = damaged("missing", Blob::delete);
    assertThat(end.errorMessage()).contains(partOf(end) + " is missing");
  }

  @Test
  void aPartWithOneRowTooMany() {
    SyncCompleted end =
        damaged(
            "longer",
            part -> rewrite(part, all -> zip(unzip(all) + "9,\"v\",2026-01-01 00:00:00+00\n")));
    assertThat(end.errorMessage()).contains(partOf(end)).contains("bytes, and ");
  }

  /** The part is sound, and the receipt in the manifest counts one row more. */
  @Test
  void aReceiptThatLies() {
    SyncCompleted end =
        damaged(
            "lying",
            part ->
                rewriteManifest(
                    part, manifest -> manifest.replaceAll("(?<n>\"rows\" ?: ?)1\\b", "${n}2")));
    assertThat(end.errorCode()).isEqualTo(ErrorCode.COUNTS_DIFFER);
    assertThat(end.errorMessage()).contains("counts 2 rows", partOf(end) + " wrote 1");
  }

  @Test
  void aManifestOfAnotherPlan() {
    SyncCompleted end =
        damaged(
            "forged",
            part ->
                rewriteManifest(
                    part,
                    manifest ->
                        manifest.replaceFirst("(?<n>\"planHash\" ?: ?\")....", "${n}0000")));
    assertThat(end.errorCode()).isEqualTo(ErrorCode.STAGING_CORRUPT);
    assertThat(end.errorMessage()).contains("changed by hand");
  }

  /** A sync whose only part is damaged when the loader looks at the run for the first time. */
  private static SyncCompleted damaged(String table, Consumer<Blob> damage) {
    RunningStack stack = chaos.stack();
    world.create(table);
    world.assertSyncs(table);
    String before = String.join("\n", world.targetRows(table));
    String watermark = stack.state(table).orElseThrow();
    world.touch(table);
    AtomicBoolean done = new AtomicBoolean();
    chaos.faults(
        call -> {
          if (call.way().equals("loader to Cloud Storage") && done.compareAndSet(false, true)) {
            damage.accept(part(table));
          }
          return Optional.empty();
        });
    SyncCompleted end = stack.sync(table);
    chaos.faults(FaultPlan.NONE);
    assertThat(end.outcome()).as("%s", end).isEqualTo(SyncOutcome.FAILED);
    assertThat(String.join("\n", world.targetRows(table))).isEqualTo(before);
    assertThat(stack.state(table)).contains(watermark);
    world.assertSyncs(table);
    return end;
  }

  private static Blob part(String table) {
    List<Blob> parts =
        chaos
            .stack()
            .storage()
            .list(RunningStack.BUCKET, BlobListOption.prefix("parts/" + table + "/2/"))
            .streamAll()
            .toList();
    assertThat(parts).hasSize(1);
    return parts.get(0);
  }

  /** As the message names it: without the attempt, which is chance. */
  private static String partOf(SyncCompleted end) {
    return chaos
        .stack()
        .storage()
        .list(RunningStack.BUCKET, BlobListOption.prefix("manifests/" + end.table() + "/2.json"))
        .streamAll()
        .map(manifest -> new String(manifest.getContent(), StandardCharsets.UTF_8))
        .map(text -> text.replaceAll("(?s).*\"name\" ?: ?\"([^\"]+)\".*", "$1"))
        .findFirst()
        .orElseThrow();
  }

  private static void rewrite(Blob object, UnaryOperator<byte[]> change) {
    Storage storage = chaos.stack().storage();
    byte[] bytes = change.apply(object.getContent());
    storage.create(
        BlobInfo.newBuilder(object.getBlobId().getBucket(), object.getName())
            .setContentType(object.getContentType())
            .build(),
        bytes);
  }

  private static void rewriteManifest(Blob part, UnaryOperator<String> change) {
    String table = part.getName().split("/", -1)[1];
    Blob manifest =
        chaos.stack().storage().get(RunningStack.BUCKET, ObjectNames.manifest(new RunId(table, 2)));
    rewrite(
        manifest,
        bytes -> {
          String text = new String(bytes, StandardCharsets.UTF_8);
          String changed = change.apply(text);
          assertThat(changed).isNotEqualTo(text);
          return changed.getBytes(StandardCharsets.UTF_8);
        });
  }

  private static String unzip(byte[] bytes) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
