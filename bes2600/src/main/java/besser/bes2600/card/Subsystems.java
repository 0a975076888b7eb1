package besser.bes2600.card;

import besser.bes2600.environment.Environment;
import besser.bes2600.wire.SdioRegisters;

/** The card's parts that sleep and wake at the host's request, and the status that shows it. */
final class Subsystems {
  private final Environment environment;
  private final FirmwareParameters parameters;
  private final Runnable wifiStarted;
  private int status = SdioRegisters.STATUS_MCU_READY;
  private int hostInterruptHigh;

  Subsystems(Environment environment, FirmwareParameters parameters, Runnable wifiStarted) {
    this.environment = environment;
    this.parameters = parameters;
    this.wifiStarted = wifiStarted;
  }

  int status() {
    return status;
  }

  /** The high byte comes first; the low byte, with the request bit, takes effect. */
  void writeHigh(int value) {
    hostInterruptHigh = value;
  }

  void writeLow(int value) {
    int request = hostInterruptHigh << 8 | value;
    if ((request & SdioRegisters.HOST_INT_REQUEST) == 0) return;
    set(request, SdioRegisters.HOST_INT_MCU_ACTIVATE, SdioRegisters.STATUS_MCU_WAKEUP_READY, true);
    set(
        request,
        SdioRegisters.HOST_INT_MCU_DEACTIVATE,
        SdioRegisters.STATUS_MCU_WAKEUP_READY,
        false);
    set(request, SdioRegisters.HOST_INT_WIFI_ACTIVATE, SdioRegisters.STATUS_WIFI_READY, true);
    set(request, SdioRegisters.HOST_INT_WIFI_DEACTIVATE, SdioRegisters.STATUS_WIFI_READY, false);
  }

  private void set(int request, int bit, int statusBit, boolean on) {
    if ((request & bit) == 0) return;
    environment.after(parameters.subsystemNanos(), () -> become(statusBit, on));
  }

  private void become(int statusBit, boolean on) {
    boolean was = (status & statusBit) != 0;
    status = on ? status | statusBit : status & ~statusBit;
    if (on && !was && statusBit == SdioRegisters.STATUS_WIFI_READY) wifiStarted.run();
  }
}
