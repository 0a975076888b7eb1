package besser.bes2600.air;

import besser.bes2600.environment.Environment;

/**
 * The transmit side of a block acknowledgement agreement: a bounded queue, aggregates of what the
 * window and the limits allow, selective retries, and giving up.
 *
 * <p>IEEE 802.11-2020, 10.24 and 10.12: the window starts at the oldest frame not yet settled, so
 * one frame that needs many attempts holds up those behind it.
 */
public final class BlockAckSender implements Transmitter {
  // aPPDUMaxTime, IEEE 802.11-2020 table 19-25.
  private static final long MAX_PPDU_NANOS = 5_484_000;
  // Failures of the oldest frame after which the rate falls by one MCS, twice, and so on.
  private static final int FAILURES_PER_RATE_STEP = 3;

  private final Environment environment;
  private final LinkParameters parameters;
  private final LossProcess loss;
  private final FrameReceiver receiver;
  private final SendOutcome outcome;
  private final Contender contender;
  private final Runnable arrival = this::arrival;

  private final Frame[] ring;
  private long head;
  private long tail;

  private final Frame[] aggregate;
  private int aggregateCount;
  private int arrivalsDue;
  private boolean inFlight;

  private long droppedFull;
  private long droppedRetries;
  private long droppedAged;
  private long attempts;
  private long ppdus;

  /** A sender with an empty queue. */
  public BlockAckSender(
      Environment environment,
      Medium medium,
      String name,
      LinkParameters parameters,
      LossProcess loss,
      FrameReceiver receiver,
      SendOutcome outcome) {
    this.environment = environment;
    this.parameters = parameters;
    this.loss = loss;
    this.receiver = receiver;
    this.outcome = outcome;
    int capacity = Integer.highestOneBit(2 * parameters.queueFrames() - 1);
    this.ring = new Frame[capacity];
    this.aggregate = new Frame[parameters.aggregateFrames()];
    this.contender =
        new Contender(
            medium,
            this,
            environment.random(name + " backoff"),
            parameters.aifsSlots(),
            parameters.cwMin(),
            parameters.cwMax());
  }

  /** Takes a frame; false when the queue is full and the frame is dropped. */
  public boolean enqueue(Frame frame) {
    if (tail - head >= parameters.queueFrames()) {
      droppedFull++;
      return false;
    }
    frame.index = tail;
    frame.enqueuedNanos = environment.nowNanos();
    ring[slot(tail++)] = frame;
    if (!inFlight) contender.request();
    return true;
  }

  /** Frames waiting or in flight. */
  public int queued() {
    return (int) (tail - head);
  }

  /** Frames refused because the queue was full. */
  public long droppedFull() {
    return droppedFull;
  }

  /** Frames given up after their retries. */
  public long droppedRetries() {
    return droppedRetries;
  }

  /** Frames given up because of their age. */
  public long droppedAged() {
    return droppedAged;
  }

  /** Frames sent, each attempt counted. */
  public long attempts() {
    return attempts;
  }

  /** Transmissions, each aggregate counted once. */
  public long ppdus() {
    return ppdus;
  }

  @Override
  public long begin(boolean collided) {
    inFlight = true;
    dropAged();
    int rateSteps = head == tail ? 0 : rateSteps(ring[slot(head)]);
    int mcs = parameters.mcs() - rateSteps;
    int bytes = collect(mcs);
    if (aggregateCount == 0) return 0;
    ppdus++;
    attempts += aggregateCount;
    if (!collided) scheduleArrivals(mcs, rateSteps);
    long acknowledgement = aggregateCount == 1 ? Phy.ackNanos() : Phy.blockAckNanos();
    long airtime =
        Phy.htPreambleNanos() + Phy.htDataNanos(bytes, mcs) + Phy.SIFS_NANOS + acknowledgement;
    for (int i = 0; i < aggregateCount; i++) aggregate[i].airtimeNanos += airtime;
    return airtime;
  }

  @Override
  public boolean end() {
    inFlight = false;
    boolean anyArrived = aggregateCount == 0;
    boolean gaveUp = false;
    for (int i = 0; i < aggregateCount; i++) {
      Frame frame = aggregate[i];
      if (frame.arrived) {
        anyArrived = true;
        settle(frame, true);
      } else if (++frame.failures > parameters.retryLimit()) {
        gaveUp = true;
        droppedRetries++;
        settle(frame, false);
      }
    }
    aggregateCount = 0;
    advanceHead();
    if (gaveUp) receiver.skipTo(head);
    if (head != tail) contender.request();
    return anyArrived;
  }

  private int rateSteps(Frame oldest) {
    return Math.min(parameters.mcs(), oldest.failures / FAILURES_PER_RATE_STEP);
  }

  private int collect(int mcs) {
    int bytes = 0;
    long end = Math.min(tail, head + parameters.aggregateFrames());
    for (long i = head; i < end; i++) {
      Frame frame = ring[slot(i)];
      if (frame.settled) continue;
      int with = bytes + Phy.subframeBytes(frame.length());
      boolean tooLong =
          with > parameters.aggregateBytes() || Phy.htDataNanos(with, mcs) > MAX_PPDU_NANOS;
      if (aggregateCount > 0 && tooLong) break;
      bytes = with;
      aggregate[aggregateCount++] = frame;
    }
    return bytes;
  }

  private void scheduleArrivals(int mcs, int rateSteps) {
    long now = environment.nowNanos();
    arrivalsDue = 0;
    if (loss.losesPpdu(now)) return;
    int bytes = 0;
    for (int i = 0; i < aggregateCount; i++) {
      Frame frame = aggregate[i];
      bytes += Phy.subframeBytes(frame.length());
      long at = Phy.htPreambleNanos() + Phy.htDataNanos(bytes, mcs);
      frame.lost = loss.losesFrame(now + at, frame.length(), rateSteps);
      if (!frame.lost) environment.after(at, arrival);
    }
  }

  // Arrivals come in the order of the aggregate.
  private void arrival() {
    while (aggregate[arrivalsDue].lost) arrivalsDue++;
    Frame frame = aggregate[arrivalsDue++];
    frame.arrived = receiver.receive(frame);
  }

  private void dropAged() {
    long born = environment.nowNanos() - parameters.lifetimeNanos();
    boolean gaveUp = false;
    while (head != tail && ring[slot(head)].enqueuedNanos < born) {
      Frame frame = ring[slot(head)];
      if (!frame.settled) {
        gaveUp = true;
        droppedAged++;
        settle(frame, false);
      }
      head++;
    }
    if (gaveUp) receiver.skipTo(head);
  }

  private void settle(Frame frame, boolean acknowledged) {
    frame.settled = true;
    outcome.settled(frame, acknowledged);
  }

  private void advanceHead() {
    while (head != tail && ring[slot(head)].settled) head++;
  }

  private int slot(long index) {
    return (int) index & (ring.length - 1);
  }
}
