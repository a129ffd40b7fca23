package io.deltaferry.cli.endtoend;

import io.deltaferry.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one stack that all of them share, since starting one takes long. */
final class BadInputWorld implements ParameterResolver {
  private static final String TABLES =
      """
      good: {source: public.good}
      no_key: {source: public.no_key}
      not_unique: {source: public.not_unique, key: [id]}
      duplicates: {source: public.duplicates, key: [id], assume_unique: true}
      null_key: {source: public.null_key, key: [id], assume_unique: true}
      no_cursor: {source: public.no_cursor, cursor: changed_on}
      text_cursor: {source: public.text_cursor, cursor: stamp}
      odd_type: {source: public.odd_type}
      ghost_exclude: {source: public.ghost_exclude, exclude: [ghost]}
      two_cases: {source: public.two_cases}
      long_names: {source: public.long_names}
      refused_value: {source: public.refused_value, conversions: {valid_to: fail}}
      clamped_value: {source: public.clamped_value}
      missing_source: {source: public.missing_source}
      bad_neighbour: {source: public.bad_neighbour}
      odd_names: {source: '"Shop ""Floor"\""."Order.Lines Ää"', cursor: 'Changed At'}
      dropped: {source: public.dropped}
      dropped_in_copy: {source: public.dropped_in_copy, key: [id], assume_unique: true, part_bytes: 64KiB}
      altered: {source: public.altered}
      other_type: {source: public.other_type}
      uncastable: {source: public.uncastable}
      extra_required: {source: public.extra_required}
      lacks_column: {source: public.lacks_column}
      lacks_cursor: {source: public.lacks_cursor}
      newcomer: {source: public.newcomer}
      replaced: {source: public.replaced}
      adopted: {source: public.adopted}
      twice_there: {source: public.twice_there}
      counted: {source: public.counted}
      counted_out: {source: public.counted_out}
      truncated: {source: public.truncated}
      late_commit: {source: public.late_commit}
      strict_stamps: {source: public.strict_stamps, strict: true}
      told: {source: public.told}
      told_live: {source: public.told_live, key: [id], assume_unique: true}
      crowd_lost: {source: public.crowd_lost}
      crowd_slow: {source: public.crowd_slow}
      """
          + crowd();

  /** Entries that all read one table, each to a target of its own. */
  private static String crowd() {
    return CrowdIT.GOOD.stream()
        .map(name -> name + ": {source: public.crowd}\n")
        .collect(Collectors.joining());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == World.class;
  }

  @Override
  public World resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(BadInputWorld.class))
        .getOrComputeIfAbsent(Shared.class, key -> Shared.start(), Shared.class)
        .world();
  }

  /** Closed by JUnit after the last test of all. */
  private record Shared(World world, Path directory) implements AutoCloseable {
    static Shared start() {
      try {
        Path directory = Files.createTempDirectory("bad-input");
        TestPostgres postgres = TestPostgres.create();
        return new Shared(
            new World(postgres, new RunningStack(directory, World.url(postgres), TABLES)),
            directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws IOException {
      world.close();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
