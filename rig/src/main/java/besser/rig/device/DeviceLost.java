package besser.rig.device;

/** The device cannot be reached at the moment: the transient fault, after which one tries again. */
public final class DeviceLost extends DeviceFault {
  private static final long serialVersionUID = 1L;

  /** For the reason given. */
  public DeviceLost(String message) {
    super(message);
  }

  /** For the reason given, with what brought it about. */
  public DeviceLost(String message, Throwable cause) {
    super(message, cause);
  }
}
