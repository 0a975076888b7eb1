package besser.bes2600.station;

/** The simulated device could not be brought up; the message says how far it came. */
public final class StationFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StationFailure(String message) {
    super(message);
  }
}
