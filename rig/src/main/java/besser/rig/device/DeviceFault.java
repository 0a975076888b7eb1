package besser.rig.device;

/** Something is wrong with a device. Only {@link DeviceLost} is worth another try. */
public abstract sealed class DeviceFault extends RuntimeException permits DeviceUnable, DeviceLost {
  private static final long serialVersionUID = 1L;

  DeviceFault(String message) {
    super(message);
  }

  DeviceFault(String message, Throwable cause) {
    super(message, cause);
  }
}
