package besser.bes2600.air;

/**
 * One direction of the link.
 *
 * @param mcs the usual MCS, 0 to 7; retries fall back from it
 * @param retryLimit failed attempts after which a frame is given up, at least 0
 * @param aggregateFrames most frames in one aggregate and in the block ack window, 1 to 64
 * @param aggregateBytes longest aggregate, 2048 to 65535
 * @param queueFrames most frames waiting or in flight, at least 1
 * @param lifetimeNanos age at which a waiting frame is given up, above 0
 * @param aifsSlots AIFSN, 1 to 15
 * @param cwMin smallest contention window in slots, at least 1
 * @param cwMax largest contention window in slots, at least cwMin
 */
public record LinkParameters(
    int mcs,
    int retryLimit,
    int aggregateFrames,
    int aggregateBytes,
    int queueFrames,
    long lifetimeNanos,
    int aifsSlots,
    int cwMin,
    int cwMax) {
  public LinkParameters {
    require("mcs", mcs, 0, Phy.MAX_MCS);
    require("retry limit", retryLimit, 0, 255);
    require("frames of an aggregate", aggregateFrames, 1, 64);
    require("bytes of an aggregate", aggregateBytes, 2048, 65535);
    require("frames of the queue", queueFrames, 1, 1 << 16);
    require("aifs slots", aifsSlots, 1, 15);
    require("cw min", cwMin, 1, 1023);
    require("cw max", cwMax, cwMin, 32767);
    if (lifetimeNanos <= 0) {
      throw new IllegalArgumentException("lifetime must be > 0 ns, got " + lifetimeNanos);
    }
  }

  private static void require(String what, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          what + " must be in " + low + ".." + high + ", got " + value);
    }
  }
}
