package besser.rig.real;

import besser.experiment.plan.DevicePlan;
import besser.rig.device.DeviceFault;

/** Connects to a device, as often as need be. */
interface TargetSource {
  /** As the user named the device. */
  String name();

  /**
   * Connects, builds what the plan asks for, and removes what killed runs left.
   *
   * @throws DeviceFault when that is not possible, lost or unable
   */
  Target open(DevicePlan plan);
}
