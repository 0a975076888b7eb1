package besser.rig.traffic;

/**
 * What load a step had, by the receiver's count.
 *
 * @param wantedBytesPerSecond the cap
 * @param sentBytesPerSecond what the sender's kernel took, over the step
 * @param goodputBytesPerSecond what the receiver counted within the step, as {@link InStep} cuts it
 * @param variationPer100Millis coefficient of variation of the receiver's 100 ms intervals; NaN
 *     where it counts by the second only
 * @param rate whether the cap was offered
 */
public record OfferedLoad(
    double wantedBytesPerSecond,
    double sentBytesPerSecond,
    double goodputBytesPerSecond,
    double variationPer100Millis,
    Rate rate) {

  /** The share of a step's load that may be missing before the step is marked. */
  public static final double TOLERANCE = 0.005;

  /** Whether the cap was offered. */
  public enum Rate {
    /** It was. */
    MET,
    /** The path took less: a result about the path, and the sender did its part. */
    HELD_BY_PATH,
    /** The sender came too late: the step says nothing about the path at this rate. */
    MISSED_BY_SENDER,
    /** The traffic ended before its time. */
    ENDED_EARLY
  }

  /** Goodput over the cap, minus 1. */
  public double error() {
    return goodputBytesPerSecond / wantedBytesPerSecond - 1;
  }

  static OfferedLoad of(SentTraffic sent, ReceivedTraffic received) {
    TrafficStep step = sent.step();
    Rate rate = rate(sent);
    ByteSeries inStep = InStep.of(sent, received, rate).series();
    boolean fine = received.series().intervalSeconds() < 0.5;
    return new OfferedLoad(
        step.bytesPerSecond(),
        sent.bytesPerSecond(),
        inStep.totalBytes() / step.seconds(),
        fine ? inStep.coefficientOfVariation() : Double.NaN,
        rate);
  }

  static Rate rate(SentTraffic sent) {
    if (!(sent.end() instanceof TrafficEnd.Completed)) return Rate.ENDED_EARLY;
    double tolerated = sent.step().wantedBytes() * TOLERANCE;
    if (sent.shortfall().bySenderBytes() > tolerated) return Rate.MISSED_BY_SENDER;
    return sent.shortfall().byPathBytes() > tolerated ? Rate.HELD_BY_PATH : Rate.MET;
  }
}
