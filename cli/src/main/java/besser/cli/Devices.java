package besser.cli;

import besser.experiment.plan.Plan;
import besser.rig.connection.SshAddress;
import besser.rig.device.Device;
import besser.rig.real.LinuxDevice;
import besser.rig.real.Operator;
import besser.rig.simulated.SimulatedDevice;

/** From a device as users name it to the device. */
final class Devices {
  static final String USUAL = "sim:pinetab2";

  private static final String SIMULATED = "sim:";
  private static final String LOCAL = "local:";

  private Devices() {}

  /**
   * Opens a device; the person at the terminal is asked before anything is changed on a real one. A
   * plan that ships with besser may do on this machine what it says.
   *
   * @param ships whether the plan ships with besser
   * @param allow whether the plan's commands are allowed without asking
   * @param keepTrace whether a real device's raw traces stay in the run's directory
   * @throws BadInput when the name is none of a device that this version knows
   */
  static Device open(
      String name, Plan plan, boolean ships, boolean allow, boolean keepTrace, Terminal terminal) {
    Operator operator = new TerminalOperator(terminal, allow || (ships && name.equals(LOCAL)));
    if (name.startsWith(SIMULATED)) {
      return new SimulatedDevice(name, Names.profile(name.substring(SIMULATED.length())));
    }
    if (name.equals(LOCAL)) return LinuxDevice.local(plan.device(), operator, keepTrace);
    if (name.startsWith(SshAddress.SCHEME)) {
      return LinuxDevice.ssh(SshAddress.parse(name), plan.device(), operator, keepTrace);
    }
    throw new BadInput(
        "device must be sim:PROFILE, local: or ssh://[USER@]HOST, got '%s'; try --device %s"
            .formatted(name, USUAL));
  }
}
