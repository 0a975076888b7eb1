package besser.rig.device;

/** The device cannot do what is asked; the message says what and the next step. */
public final class DeviceUnable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For the reason given. */
  public DeviceUnable(String message) {
    super(message);
  }

  /** For the reason given, with what brought it about. */
  public DeviceUnable(String message, Throwable cause) {
    super(message, cause);
  }
}
