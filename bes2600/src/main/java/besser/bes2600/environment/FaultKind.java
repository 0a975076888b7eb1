package besser.bes2600.environment;

import besser.kernel.machine.Fault;

/** What the environment can do wrong. */
public enum FaultKind {
  /** The card raises its interrupt, and the host never sees it. */
  LOST_INTERRUPT("sdio-irq-lost"),
  /** The card does not show yet that it has woken, or gone to sleep, as it was asked to. */
  LATE_WAKE_UP("card-late-wake-up"),
  /** A data transfer on the bus fails its CRC. */
  CRC_ERROR("sdio-crc-error"),
  /** A command on the bus gets no answer. */
  BUS_ERROR("sdio-bus-error"),
  /** The firmware cannot decrypt a received frame. */
  DECRYPT_FAILURE("decrypt-failure"),
  /** The firmware stops. */
  FIRMWARE_HANG("firmware-hang"),
  /** The access point sends the station away. */
  ACCESS_POINT_DROP("access-point-drop"),
  /** A memory allocation on the host fails. */
  ALLOCATION_FAILURE("allocation-failure");

  private final String site;

  FaultKind(String site) {
    this.site = site;
  }

  /** Its name in plans, profiles and schedules. */
  public String site() {
    return site;
  }

  /** The question to a schedule. */
  public Fault fault() {
    return new Fault(site);
  }
}
