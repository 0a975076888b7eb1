package besser.bes2600.driver;

/** Who keeps the MCU awake by the wake-up line: bits of {@code gpio_wakup_flags}. */
enum GpioFlag {
  MCU(0),
  WIFI_ON(1),
  WIFI_OFF(2),
  SDIO_RX(9),
  SDIO_PROBE(10);

  private final int number;

  GpioFlag(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  long bit() {
    return 1L << number;
  }
}
