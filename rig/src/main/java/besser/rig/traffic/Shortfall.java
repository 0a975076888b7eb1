package besser.rig.traffic;

/**
 * What a step was to offer and did not, by whom it was lost.
 *
 * @param byPathBytes could not be sent because the kernel had no room: the path took less
 * @param bySenderBytes could have been sent, but the sender came too late
 */
public record Shortfall(long byPathBytes, long bySenderBytes) {
  public Shortfall {
    if (byPathBytes < 0 || bySenderBytes < 0) {
      throw new IllegalArgumentException(
          "shortfall must be >= 0 bytes, got %d and %d".formatted(byPathBytes, bySenderBytes));
    }
  }
}
