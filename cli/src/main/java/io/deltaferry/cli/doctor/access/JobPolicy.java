package io.deltaferry.cli.doctor.access;

import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.cli.doctor.cloud.Cloud;
import io.deltaferry.cli.doctor.cloud.ExtractJob;
import io.deltaferry.cli.doctor.cloud.Http;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** The policy of the job, which has to be found first. */
final class JobPolicy implements PolicySource {
  private final Cloud cloud;
  private final Http http;
  private final URI api;
  private final ExtractJob job;
  private String region = "REGION";

  JobPolicy(Cloud cloud, Http http, URI api) {
    this.cloud = cloud;
    this.http = http;
    this.api = api;
    this.job = new ExtractJob(cloud, http, api);
  }

  @Override
  public String describe() {
    return "on job " + job.name();
  }

  @Override
  public synchronized Bindings read() {
    String path = find();
    region = path.split("/", -1)[3];
    return RestPolicy.ofJob(path, cloud, http, api).read();
  }

  @Override
  public synchronized String addBinding(String member, String role) {
    return "gcloud run jobs add-iam-policy-binding %s --region=%s --member=\"%s\" --role=%s --project=%s"
        .formatted(job.name(), region, member, role, cloud.project());
  }

  private String find() {
    try {
      return job.find()
          .orElseThrow(() -> new NotCheckedException("there is no such job, see above"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("stopped"));
    }
  }
}
