package besser.bes2600.driver;

/** The GPIO lines from the host to the card. */
public interface WakeupLine {
  /** The wake-up line is driven to a logical level; the driver only ever drives it to 1. */
  void drive(boolean high);

  /** The power-up line is released: the card loses power. */
  void powerDown();

  /** Lines that lead nowhere. */
  static WakeupLine unconnected() {
    return new WakeupLine() {
      @Override
      public void drive(boolean high) {}

      @Override
      public void powerDown() {}
    };
  }
}
