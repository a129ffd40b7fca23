package io.deltaferry.cli.doctor.cloud;

import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.Remedy;
import java.io.IOException;
import java.util.Optional;

/** There is the job that some tables ask for. */
record JobCheck(Cloud cloud, ExtractJob job) implements Check {
  @Override
  public String area() {
    return "job";
  }

  @Override
  public String name() {
    return job.name();
  }

  @Override
  public Finding look() throws IOException, InterruptedException {
    Optional<String> found = job.find();
    return found.isPresent()
        ? Finding.ok(found.get())
        : Finding.missing(
            "there is none, and it is to read the rows of "
                + String.join(", ", ExtractJob.tables(cloud.tables())),
            Remedy.advice("apply Terraform with this table file, which makes it"));
  }
}
