package besser.bes2600.driver;

import besser.kernel.Kernel;
import besser.kernel.LogLevel;

/** bes_log.h: {@code bes_err}, {@code bes_warn}, {@code bes_info}; {@code bes_devel} is off. */
final class Log {
  private final Kernel kernel;

  Log(Kernel kernel) {
    this.kernel = kernel;
  }

  void err(String message) {
    kernel.printk(LogLevel.ERR, "bes2600_wlan: " + message);
  }

  void warn(String message) {
    kernel.printk(LogLevel.WARNING, "bes2600_wlan: " + message);
  }

  void info(String message) {
    kernel.printk(LogLevel.INFO, "bes2600_wlan: " + message);
  }
}
