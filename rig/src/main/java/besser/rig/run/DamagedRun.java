package besser.rig.run;

/** A run directory does not hold what it should; the message names the file. */
public final class DamagedRun extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedRun(String message) {
    super(message);
  }

  DamagedRun(String message, Throwable cause) {
    super(message, cause);
  }
}
