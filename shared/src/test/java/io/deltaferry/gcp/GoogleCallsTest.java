package io.deltaferry.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.http.HttpRequest;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A new call to Google may take a permission that nobody has: docs/permissions.md has all calls.
 */
class GoogleCallsTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([A-Za-z]+\\.[A-Za-z]+)` \\| (?:`[a-z.]+|none)");

  /** The classes whose methods cross the network, and not the records and builders around them. */
  private static final List<Class<?>> CLIENTS =
      List.of(
          Storage.class,
          Blob.class,
          BigQuery.class,
          Publisher.class,
          HttpRequest.class,
          SecretManagerServiceClient.class);

  /** Methods of theirs that stay here. */
  private static final Set<String> LOCAL =
      Set.of(
          "HttpRequest.setConnectTimeout",
          "HttpRequest.setReadTimeout",
          "HttpRequest.setThrowExceptionOnExecuteError",
          "Publisher.newBuilder",
          "Publisher.shutdown",
          "SecretManagerServiceClient.create",
          "SecretManagerServiceClient.close");

  private static final Pattern FIELD = Pattern.compile("Blob\\.get(?!Content).*");

  @Test
  void thePageHasEveryCallAndNoOther() throws IOException {
    Set<String> stated =
        ROW.matcher(Files.readString(Path.of("..", "docs", "permissions.md")))
            .results()
            .map(row -> row.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(calls()).isEqualTo(stated);
  }

  private static Set<String> calls() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.deltaferry")
            .stream()
            .flatMap(type -> type.getMethodCallsFromSelf().stream())
            .filter(GoogleCallsTest::isOfAClient)
            .map(call -> call.getTargetOwner().getSimpleName() + "." + call.getTarget().getName())
            .filter(call -> !LOCAL.contains(call) && !FIELD.matcher(call).matches())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isOfAClient(JavaMethodCall call) {
    return CLIENTS.stream().anyMatch(type -> call.getTargetOwner().isEquivalentTo(type));
  }
}
