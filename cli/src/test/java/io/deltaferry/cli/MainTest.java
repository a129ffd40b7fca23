package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MainTest {
  @Test
  void outputThatCannotBeWrittenIsAFailure() throws IOException {
    OutputStream full = OutputStream.nullOutputStream();
    full.close();
    PrintWriter out = new PrintWriter(new OutputStreamWriter(full, StandardCharsets.UTF_8));
    StringWriter err = new StringWriter();
    int exit =
        Main.execute(
            Main.commandLine().setOut(out).setErr(new PrintWriter(err, true)), "--version");
    assertThat(exit).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).startsWith("deltaferry: standard output could not be written");
  }
}
