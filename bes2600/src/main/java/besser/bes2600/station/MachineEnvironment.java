package besser.bes2600.station;

import besser.bes2600.environment.Environment;
import besser.kernel.machine.Hardware;
import besser.kernel.random.RandomStream;

/** The machine's hardware side as card, air and traffic see it. */
final class MachineEnvironment implements Environment {
  private final Hardware hardware;

  MachineEnvironment(Hardware hardware) {
    this.hardware = hardware;
  }

  @Override
  public long nowNanos() {
    return hardware.nowNanos();
  }

  @Override
  public void after(long delayNanos, Runnable happening) {
    hardware.after(delayNanos, happening);
  }

  @Override
  public RandomStream random(String name) {
    return hardware.random(name);
  }
}
