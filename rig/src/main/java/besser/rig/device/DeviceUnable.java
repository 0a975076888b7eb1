package besser.rig.device;

/**
 * The device cannot do what is asked, and will not however often one tries: the stable fault. The
 * message says what, and the next step.
 */
public final class DeviceUnable extends DeviceFault {
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
