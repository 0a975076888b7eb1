package besser.kernel.mmc;

import besser.kernel.machine.Machine;

/**
 * A DesignWare host controller with an SDIO card soldered to it.
 *
 * <p>The card sits outside the CPUs: it is called when a command reaches it on the bus, and asserts
 * its interrupt by {@link #setCardInterrupt} from device code.
 */
public final class SdioSlot {
  private final SdioFunc function;
  private final DwMciHardware hardware;

  /** Builds controller and core; the interrupt line of the configuration must be unused. */
  public SdioSlot(Machine machine, DwMciConfig config, SdioCard card) {
    MmcHost host = new MmcHost(machine, config.hostName());
    DwMci controller = new DwMci(machine, host, config, card);
    host.attach(controller);
    this.hardware = controller.hardware();
    this.function = new SdioFunc(machine.kernel(), host, config.maxBlockCount());
  }

  /** Function 1 of the card, for its driver. */
  public SdioFunction function() {
    return function;
  }

  /**
   * The card drives its interrupt line, a level: asserted until it takes it back. Without effect
   * until the driver has claimed the interrupt.
   */
  public void setCardInterrupt(boolean asserted) {
    hardware.cardInterrupt(asserted);
  }

  /** Whether the card asserts its interrupt now. */
  public boolean isCardInterruptAsserted() {
    return hardware.isCardInterruptAsserted();
  }
}
