package io.deltaferry.cli.doctor.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltaferry.cli.doctor.GoogleRefusal;
import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.cli.doctor.access.Bindings.Binding;
import io.deltaferry.cli.doctor.cloud.Cloud;
import io.deltaferry.cli.doctor.cloud.Http;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A policy of an API that no client of the build knows; asked for once. */
final class RestPolicy implements PolicySource {
  private static final String BODY = "{\"options\":{\"requestedPolicyVersion\":" + VERSION + "}}";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Cloud cloud;
  private final Http http;
  private final String description;
  private final String command;
  private final URI call;
  private final boolean post;
  private @Nullable Bindings known;
  private @Nullable RuntimeException refused;

  private RestPolicy(
      Cloud cloud, Http http, String description, String command, URI call, boolean post) {
    this.cloud = cloud;
    this.http = http;
    this.description = description;
    this.command = command;
    this.call = call;
    this.post = post;
  }

  /**
   * A project's, which holds for everything in it.
   *
   * @param api where the resource manager answers
   */
  static RestPolicy ofProject(String project, Cloud cloud, Http http, URI api) {
    return new RestPolicy(
        cloud,
        http,
        "on project " + project,
        "gcloud projects add-iam-policy-binding " + project + " --condition=None",
        api.resolve("/v1/projects/" + project + ":getIamPolicy"),
        true);
  }

  /**
   * A secret's.
   *
   * @param secret {@code projects/../secrets/..}
   * @param api where Secret Manager answers
   */
  static RestPolicy ofSecret(String secret, Cloud cloud, Http http, URI api) {
    return new RestPolicy(
        cloud,
        http,
        "on the secret",
        "gcloud secrets add-iam-policy-binding " + secret,
        api.resolve("/v1/" + secret + ":getIamPolicy"),
        false);
  }

  /**
   * A job's.
   *
   * @param job {@code projects/../locations/../jobs/..}
   * @param api where Cloud Run answers
   */
  static RestPolicy ofJob(String job, Cloud cloud, Http http, URI api) {
    return new RestPolicy(
        cloud,
        http,
        "on the job",
        "gcloud run jobs add-iam-policy-binding " + job,
        api.resolve("/v2/" + job + ":getIamPolicy?options.requestedPolicyVersion=" + VERSION),
        false);
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public String addBinding(String member, String role) {
    return "%s --member=\"%s\" --role=%s".formatted(command, member, role);
  }

  /** The policy, when the caller may see it. */
  Optional<Bindings> ifVisible() {
    try {
      return Optional.of(read());
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized Bindings read() {
    if (refused != null) {
      throw refused;
    }
    if (known == null) {
      known = fetchOnce();
    }
    return known;
  }

  private Bindings fetchOnce() {
    try {
      return fetch();
    } catch (IOException e) {
      refused = new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      refused = new UncheckedIOException(new InterruptedIOException("stopped"));
    } catch (RuntimeException e) {
      refused = e;
    }
    throw refused;
  }

  private Bindings fetch() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        post ? http.post(call, cloud.headers(call), BODY) : http.get(call, cloud.headers(call));
    Optional<GoogleRefusal> refusal = GoogleRefusal.ofStatus(answer.statusCode(), answer.body());
    if (refusal.equals(Optional.of(GoogleRefusal.NOT_FOUND))) {
      throw new NotCheckedException("there is no " + call.getPath());
    }
    if (answer.statusCode() != 200) {
      throw new NotCheckedException("its policy is not visible to you");
    }
    List<Binding> bindings = new ArrayList<>();
    for (JsonNode binding : JSON.readTree(answer.body()).path("bindings")) {
      String role = binding.path("role").asText();
      binding.path("members").forEach(member -> bindings.add(new Binding(role, member.asText())));
    }
    return new Bindings(bindings);
  }
}
