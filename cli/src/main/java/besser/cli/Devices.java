package besser.cli;

import besser.rig.device.Device;
import besser.rig.simulated.SimulatedDevice;

/** From a device as users name it to the device. */
final class Devices {
  private static final String SIMULATED = "sim:";

  private Devices() {}

  /**
   * Opens a device.
   *
   * @throws BadInput when the name is none of a device that this version knows
   */
  static Device open(String name) {
    if (name.startsWith(SIMULATED)) {
      return new SimulatedDevice(name, Names.profile(name.substring(SIMULATED.length())));
    }
    throw new BadInput(
        "device must be sim:PROFILE, got '%s'; try --device sim:pinetab2".formatted(name));
  }
}
