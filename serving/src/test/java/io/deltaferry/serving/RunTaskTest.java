package io.deltaferry.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTaskTest {
  private static final List<String> RUN = new ArrayList<>();

  @Test
  void callsTheClasssOwnEntry() throws Exception {
    RUN.clear();
    RunTask.run(Task.class.getName());
    assertThat(RUN).containsExactly("0 arguments");
  }

  @Test
  void throwsWhatTheTaskThrows() {
    assertThatThrownBy(() -> RunTask.run(Failing.class.getName()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("away");
    assertThatThrownBy(() -> RunTask.run("no.such.Task"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  /** A task that ends without ending the process. */
  public static final class Task {
    private Task() {}

    /** Says that it ran. */
    public static void main(String[] arguments) {
      RUN.add(arguments.length + " arguments");
    }
  }

  /** A task that does not work. */
  public static final class Failing {
    private Failing() {}

    /** Fails. */
    public static void main(String[] arguments) {
      if (arguments.length == 0) {
        throw new IllegalStateException("away");
      }
    }
  }
}
