package besser.rig.traffic;

/** Takes and counts what arrives at a device. */
public interface Receiver {
  /**
   * Begins to wait for one step's traffic. The caller closes what it gets.
   *
   * @throws besser.rig.device.DeviceUnable when the device cannot receive; the message says what is
   *     missing
   */
  Reception open(TrafficStep step);
}
