package besser.rig.run;

import java.nio.file.Path;

/** Another process is driving the run. */
public final class RunInUse extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RunInUse(Path journal) {
    super(message(journal));
  }

  RunInUse(Path journal, Throwable cause) {
    super(message(journal), cause);
  }

  private static String message(Path journal) {
    return journal + ": another besser is driving this run; wait for it or end it first";
  }
}
