package besser.cli;

/** What the shell is told. */
final class ExitStatus {
  /** The job was done. */
  static final int DONE = 0;

  /** {@code besser verdict --exit-code}: the verdict is to loop back. */
  static final int LOOP_BACK = 1;

  /** {@code besser check --exit-code}: something was found. */
  static final int FOUND = 1;

  /** {@code besser replay}: the finding is not there again, or in another run. */
  static final int NOT_AGAIN = 1;

  /** Bad usage or input. */
  static final int BAD_INPUT = 2;

  /** The device could not do it. */
  static final int DEVICE_UNABLE = 3;

  /** A defect of besser itself (EX_SOFTWARE of sysexits.h). */
  static final int DEFECT = 70;

  /** Interrupted by Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
