package besser.bes2600.air;

import besser.kernel.random.RandomStream;

/**
 * One station's (or queue's) part in channel access: its AIFS, contention window and backoff, as in
 * IEEE 802.11-2020 section 10.23.2.
 */
final class Contender {
  private final Medium medium;
  private final Transmitter transmitter;
  private final RandomStream random;
  private final long aifsNanos;
  private final int cwMin;
  private final int cwMax;
  private int cw;
  private int backoffSlots;
  private boolean wants;

  Contender(
      Medium medium,
      Transmitter transmitter,
      RandomStream random,
      int aifsSlots,
      int cwMin,
      int cwMax) {
    this.medium = medium;
    this.transmitter = transmitter;
    this.random = random;
    this.aifsNanos = Phy.aifsNanos(aifsSlots);
    this.cwMin = cwMin;
    this.cwMax = cwMax;
    this.cw = cwMin;
    medium.add(this);
  }

  /** There is something to send. No effect when already asked for. */
  void request() {
    if (wants) return;
    wants = true;
    if (medium.isBusy() && backoffSlots == 0) drawBackoff();
    medium.rearm();
  }

  boolean wants() {
    return wants;
  }

  /** When it would begin if the medium stayed idle from {@code idleSince}: on the slot grid. */
  long startNanos(long idleSinceNanos, long nowNanos) {
    long earliest = idleSinceNanos + aifsNanos;
    long start = earliest + backoffSlots * Phy.SLOT_NANOS;
    if (start >= nowNanos) return start;
    long slots = (nowNanos - earliest + Phy.SLOT_NANOS - 1) / Phy.SLOT_NANOS;
    return earliest + slots * Phy.SLOT_NANOS;
  }

  /** The idle period ended without it: the slots that passed are counted down. */
  void freeze(long idleSinceNanos, long nowNanos) {
    long passed = (nowNanos - idleSinceNanos - aifsNanos) / Phy.SLOT_NANOS;
    if (passed > 0) backoffSlots = (int) Math.max(0, backoffSlots - passed);
  }

  long begin(boolean collided) {
    wants = false;
    return transmitter.begin(collided);
  }

  void end() {
    boolean success = transmitter.end();
    cw = success ? cwMin : Math.min(cwMax, 2 * cw + 1);
    drawBackoff();
  }

  private void drawBackoff() {
    backoffSlots = random.nextInt(cw + 1);
  }
}
