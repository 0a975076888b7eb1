package besser.bes2600.traffic;

import besser.bes2600.environment.Environment;

/**
 * A TCP that sends a stream of full segments as fast as window, congestion control and application
 * allow: slow start and congestion avoidance (RFC 5681, 9438), recovery by selective
 * acknowledgement (RFC 6675), retransmission timer (RFC 6298).
 *
 * <p>Works in segments; {@link TcpHost} turns them into packets.
 */
public final class TcpSender {
  /** Where segments go. */
  public interface Output {
    /** Sends segment {@code number}, counted from 0; {@code again} when it was sent before. */
    void send(long number, boolean again);
  }

  private enum Phase {
    OPEN,
    RECOVERY,
    LOSS
  }

  private static final long APPLICATION_TICK_NANOS = 10_000_000;

  private final Environment environment;
  private final TcpParameters parameters;
  private final RateCap application;
  private final Output output;
  private final CongestionControl congestion;
  private final RttEstimator rtt;
  private final Scoreboard board = new Scoreboard();
  private final Runnable timerDue = this::timerDue;
  private final Runnable applicationTick = this::applicationTick;

  private Phase phase = Phase.OPEN;
  private long recoveryPoint;
  private int duplicates;
  private boolean windowLimited;
  private long receiverWindowBytes;
  private long writtenBytes;
  private long timerDeadline = Long.MAX_VALUE;
  private long timerEvent = Long.MAX_VALUE;
  private boolean tickPending;

  private long retransmissions;
  private long timeouts;
  private long recoveries;
  private long segmentsSent;

  /** A sender whose connection has just been established. */
  public TcpSender(
      Environment environment,
      TcpParameters parameters,
      RateCap application,
      long receiverWindowBytes,
      Output output) {
    this.environment = environment;
    this.parameters = parameters;
    this.application = application;
    this.receiverWindowBytes = receiverWindowBytes;
    this.output = output;
    this.congestion = CongestionControl.of(parameters.algorithm());
    this.rtt = new RttEstimator(parameters.minRtoNanos());
  }

  /** Sends what may be sent now; call once when established and after the rate changed. */
  public void start() {
    transmit();
  }

  /** Segments that the receiver reported by SACK; call before {@link #acknowledged}. */
  public void selectivelyAcknowledged(long fromSegment, long toSegment) {
    board.sack(fromSegment, toSegment);
  }

  /**
   * An acknowledgement came.
   *
   * @param segment the first segment not yet received
   * @param windowBytes what the receiver offers from there, scaled
   */
  public void acknowledged(long segment, long windowBytes) {
    if (segment > board.next()) return; // of data never sent: ignored, RFC 9293 section 3.10.7.4
    boolean windowUpdate = windowBytes != receiverWindowBytes;
    receiverWindowBytes = windowBytes;
    long before = board.una();
    if (segment > before) {
      progress(segment, (int) (segment - before));
    } else if (segment == before && board.outstanding() > 0 && !windowUpdate) {
      duplicates++;
    }
    board.markLost();
    if (phase == Phase.OPEN && shouldRecover()) enterRecovery();
    transmit();
  }

  private void progress(long segment, int count) {
    long now = environment.nowNanos();
    long sent = board.sentOnceNanos(segment - 1);
    if (sent >= 0) rtt.sample(now - sent);
    rtt.progress();
    duplicates = 0;
    board.acknowledge(segment);
    boolean grows = phase != Phase.RECOVERY && windowLimited;
    if (phase != Phase.OPEN && segment >= recoveryPoint) phase = Phase.OPEN;
    if (phase == Phase.RECOVERY && !board.hasLost()) {
      board.markFirstLost(); // a partial acknowledgement, RFC 6582
    }
    if (grows) congestion.acknowledged(count, now, rtt.smoothedNanos());
    setTimer(board.outstanding() > 0 ? now + rtt.rtoNanos() : Long.MAX_VALUE);
  }

  private boolean shouldRecover() {
    if (board.hasLost()) return true;
    if (duplicates < Scoreboard.DUPLICATE_THRESHOLD) return false;
    board.markFirstLost();
    return true;
  }

  private void enterRecovery() {
    phase = Phase.RECOVERY;
    recoveries++;
    recoveryPoint = board.next();
    congestion.lossDetected(environment.nowNanos());
  }

  private void transmit() {
    long now = environment.nowNanos();
    write(now);
    int window = (int) Math.max(1, congestion.windowSegments());
    while (board.pipe() < window) {
      long lost = board.nextLost();
      if (lost >= 0) {
        retransmissions++;
        segmentsSent++;
        board.sentAgain(lost, now);
        output.send(lost, true);
      } else if (maySendNew()) {
        segmentsSent++;
        long number = board.next();
        board.sentNew(now);
        output.send(number, false);
      } else {
        windowLimited = false;
        scheduleTick();
        armTimer(now);
        return;
      }
    }
    windowLimited = true;
    armTimer(now);
  }

  private boolean maySendNew() {
    long end = (board.next() + 1) * parameters.segmentBytes();
    long allowed = board.una() * parameters.segmentBytes() + receiverWindowBytes;
    return end <= writtenBytes && end <= allowed;
  }

  private void write(long now) {
    long ackedBytes = board.una() * parameters.segmentBytes();
    long room = ackedBytes + parameters.sendBufferBytes() - writtenBytes;
    long bytes = Math.min(room, application.availableBytes(now));
    if (bytes <= 0) return;
    application.take(bytes);
    writtenBytes += bytes;
  }

  private void scheduleTick() {
    if (tickPending || application.bytesPerSecond() == 0) return;
    tickPending = true;
    environment.after(APPLICATION_TICK_NANOS, applicationTick);
  }

  private void applicationTick() {
    tickPending = false;
    transmit();
  }

  private void armTimer(long now) {
    boolean needed = board.outstanding() > 0 || isHeldByReceiver();
    if (timerDeadline == Long.MAX_VALUE && needed) setTimer(now + rtt.rtoNanos());
  }

  private boolean isHeldByReceiver() {
    return receiverWindowBytes < parameters.segmentBytes()
        && writtenBytes >= (board.next() + 1) * parameters.segmentBytes();
  }

  // One event is in flight at most; it looks at the deadline when it happens.
  private void setTimer(long deadline) {
    timerDeadline = deadline;
    if (deadline >= timerEvent) return;
    timerEvent = deadline;
    environment.after(deadline - environment.nowNanos(), timerDue);
  }

  private void timerDue() {
    long now = environment.nowNanos();
    if (now != timerEvent) return; // superseded by an earlier one
    timerEvent = Long.MAX_VALUE;
    if (timerDeadline == Long.MAX_VALUE) return;
    if (now < timerDeadline) {
      setTimer(timerDeadline);
      return;
    }
    rtt.backOff();
    timerDeadline = Long.MAX_VALUE;
    if (board.outstanding() == 0) {
      probeWindow(now);
    } else {
      timedOut();
    }
    transmit();
  }

  // RFC 9293, 3.8.6.1: a closed window is probed, for its reopening may have been lost.
  private void probeWindow(long now) {
    if (!isHeldByReceiver()) return;
    long number = board.next();
    segmentsSent++;
    board.sentNew(now);
    output.send(number, false);
  }

  private void timedOut() {
    timeouts++;
    if (phase != Phase.LOSS) congestion.timedOut(board.pipe());
    phase = Phase.LOSS;
    recoveryPoint = board.next();
    duplicates = 0;
    board.markAllLost();
    windowLimited = true;
  }

  /** Payload bytes that were acknowledged in order. */
  public long acknowledgedBytes() {
    return board.una() * parameters.segmentBytes();
  }

  /** Bytes that the application has written. */
  public long writtenBytes() {
    return writtenBytes;
  }

  /** Segments sent, repeats included. */
  public long segmentsSent() {
    return segmentsSent;
  }

  /** Segments sent again. */
  public long retransmissions() {
    return retransmissions;
  }

  /** How often the retransmission timer fired. */
  public long timeouts() {
    return timeouts;
  }

  /** How often loss was detected by acknowledgements. */
  public long recoveries() {
    return recoveries;
  }

  /** The congestion window in segments. */
  public double congestionWindowSegments() {
    return congestion.windowSegments();
  }

  /** The smoothed round-trip time in nanoseconds, 0 before the first measurement. */
  public long smoothedRttNanos() {
    return rtt.smoothedNanos();
  }
}
