package besser.bes2600.air;

/** A station's transmit side, as the medium calls it. */
interface Transmitter {
  /**
   * The medium is this station's now.
   *
   * @param collided another station began in the same slot, so nothing will be received
   * @return how long the exchange with its acknowledgement occupies the medium, in nanoseconds
   */
  long begin(boolean collided);

  /**
   * The exchange is over. More to send is announced by {@link Contender#request}.
   *
   * @return whether the exchange succeeded, so that the contention window is reset
   */
  boolean end();
}
