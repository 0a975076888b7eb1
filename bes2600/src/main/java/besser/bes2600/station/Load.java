package besser.bes2600.station;

/**
 * One step of a ramp.
 *
 * @param offeredBytesPerSecond payload that the sender offers, 0 to 1,000,000,000
 * @param seconds how long, above 0
 */
public record Load(long offeredBytesPerSecond, double seconds) {
  public Load {
    if (offeredBytesPerSecond < 0 || offeredBytesPerSecond > 1_000_000_000) {
      throw new IllegalArgumentException(
          "offered rate must be in 0..1000000000 bytes/s, got " + offeredBytesPerSecond);
    }
    if (!(seconds > 0)) throw new IllegalArgumentException("step must be > 0 s, got " + seconds);
  }
}
