package io.deltaferry.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.service.Topology;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service's image as a job has it: the image's own entry, and the task behind it. */
class JobImageIT {
  private static final Topology.Job JOB = Topology.DEFAULT.job();

  @Test
  void theTaskRunsInTheFunctionsPlace(@TempDir Path directory) throws Exception {
    Launch service =
        ServiceImage.unpack(ServiceImage.tarOf(JOB.service()), directory.resolve("image")).launch();
    List<String> command =
        Stream.concat(service.command().stream(), Stream.of(JOB.task())).toList();
    Launch job = new Launch(command, service.directory(), service.environment());
    try (ServedFunction task = ServedFunction.start(job, /* port= */ 1, directory.resolve("log"))) {
      assertThat(task.end()).isEqualTo(1);
      assertThat(task.logLines())
          .singleElement()
          .asString()
          .contains("\"severity\":\"ERROR\"", "CLOUD_RUN_EXECUTION is not set");
    }
  }
}
