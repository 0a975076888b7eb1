package besser.bes2600.station;

/** The simulated device could not be brought up; the message says how far it came. */
public final class StationFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  StationFailure(String reason, String log) {
    super("on the simulated device " + reason + log);
    this.reason = reason;
  }

  /** The message without the kernel log behind it. */
  public String reason() {
    return reason;
  }
}
