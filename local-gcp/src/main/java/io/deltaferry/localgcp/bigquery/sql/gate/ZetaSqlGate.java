package io.deltaferry.localgcp.bigquery.sql.gate;

import com.google.zetasql.Analyzer;
import com.google.zetasql.AnalyzerOptions;
import com.google.zetasql.SimpleCatalog;
import com.google.zetasql.SqlException;
import com.google.zetasql.ZetaSQLBuiltinFunctionOptions;
import com.google.zetasql.ZetaSQLOptions.ParameterMode;
import com.google.zetasql.toolkit.options.BigQueryLanguageOptions;
import io.deltaferry.localgcp.bigquery.sql.SqlContext;
import io.deltaferry.localgcp.bigquery.sql.SqlGate;
import io.deltaferry.localgcp.bigquery.sql.SqlStatement;
import io.deltaferry.localgcp.bigquery.sql.syntax.PathQuotes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Analyses statements with ZetaSQL under BigQuery's language options. Where its native library does
 * not exist (it is published for Linux on x86-64) one warning says so and every statement passes.
 *
 * <p>Only ever analyses: executing statements with it aborts the JVM.
 */
public final class ZetaSqlGate implements SqlGate {
  private static final Logger LOG = LoggerFactory.getLogger(ZetaSqlGate.class);

  // One native library per JVM, loaded once: about two seconds and 300 MB.
  private static final class Library {
    static final SimpleCatalog CATALOG = new SimpleCatalog("bigquery");
    // Also done when loading ends in an error: then every check says so, and none waits.
    static final CompletableFuture<Boolean> READY =
        CompletableFuture.supplyAsync(Library::load, Library::start);

    private static void start(Runnable loading) {
      Thread thread = new Thread(loading, "zetasql-warm-up");
      thread.setDaemon(true);
      thread.start();
    }

    private static boolean load() {
      try {
        CATALOG.addZetaSQLFunctionsAndTypes(
            new ZetaSQLBuiltinFunctionOptions(BigQueryLanguageOptions.get()));
        Analyzer.analyzeStatement("SELECT 1", options(), CATALOG);
        return true;
      } catch (RuntimeException | LinkageError e) {
        LOG.warn(
            "ZetaSQL's native library is not available on this machine ({}): statements are not"
                + " analysed as GoogleSQL before they run, so some that BigQuery refuses may pass",
            e.toString());
        return false;
      }
    }
  }

  /** Starts loading the library in the background; the first check waits for it. */
  public static void warmUp() {
    Library.READY.getNow(false);
  }

  /** Whether statements are analysed on this machine; waits until that is known. */
  public static boolean available() {
    return Library.READY.join();
  }

  @Override
  public void check(SqlStatement statement, SqlContext context) {
    if (!available()) {
      return;
    }
    AnalyzerOptions options = options();
    context.named().forEach((name, type) -> options.addQueryParameter(name, GateTypes.of(type)));
    if (!context.positional().isEmpty()) {
      options.setParameterMode(ParameterMode.PARAMETER_POSITIONAL);
      // Those of the statements before are not known here, so any number of any type is let
      // through.
      options.setAllowUndeclaredParameters(true);
    }
    PathQuotes quotes = PathQuotes.of(statement);
    try {
      analyze(quotes.text(), options, context);
    } catch (SqlException e) {
      GateMessages.refuse(e, statement, quotes);
    }
  }

  // The catalog is one, as filling it with functions takes long; tables come and go with the
  // statement.
  private static void analyze(String text, AnalyzerOptions options, SqlContext context) {
    synchronized (Library.CATALOG) {
      try (GateTables tables = new GateTables(Library.CATALOG, context)) {
        tables.add(Analyzer.extractTableNamesFromStatement(text, options));
        Analyzer.analyzeStatement(text, options, Library.CATALOG);
      }
    }
  }

  private static AnalyzerOptions options() {
    AnalyzerOptions options = new AnalyzerOptions();
    options.setLanguageOptions(BigQueryLanguageOptions.get());
    options.setDefaultTimezone("UTC");
    options.addSystemVariable(List.of("row_count"), GateTypes.of("INT64"));
    options.addSystemVariable(List.of("project_id"), GateTypes.of("STRING"));
    options.addSystemVariable(List.of("time_zone"), GateTypes.of("STRING"));
    options.addDdlPseudoColumn("_PARTITIONTIME", GateTypes.of("TIMESTAMP"));
    options.addDdlPseudoColumn("_PARTITIONDATE", GateTypes.of("DATE"));
    return options;
  }
}
