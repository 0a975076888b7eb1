package besser.kernel.inet;

import besser.kernel.Clock;
import besser.kernel.Kernel;
import besser.kernel.Timer;

/**
 * When to acknowledge: {@code inet_csk_ack_state} with quick acknowledgements, the delayed
 * acknowledgement timer of 40 to 200 ms, and {@code __tcp_ack_snd_check}. SACK compression is not
 * modelled: a gap is acknowledged at once, as with {@code tcp_comp_sack_nr = 0}.
 */
final class TcpAcks {
  /** {@code TCP_MAX_QUICKACKS}. */
  static final int MAX_QUICK = 16;

  private final Clock clock;
  private final Timer timer;
  private final int minimum;
  private final int maximum;
  private int quick;
  private long timeout;
  private long delay;
  private long lastArrival;
  private boolean scheduled;
  private boolean timerPending;
  private boolean now;
  private boolean pushed;

  TcpAcks(Kernel kernel, Runnable delayedAck) {
    this.clock = kernel.clock();
    this.timer = kernel.timer(InetFunctions.TCP_DELACK_TIMER, delayedAck);
    this.minimum = clock.hz() / 25;
    this.maximum = clock.hz() / 5;
  }

  /** {@code tcp_event_data_recv}: data arrived that is worth an acknowledgement. */
  void dataArrived(int window, int segmentBytes) {
    scheduled = true;
    long jiffies = clock.jiffies();
    if (delay == 0) {
      raiseQuick(window, segmentBytes);
      delay = minimum;
    } else {
      long gap = jiffies - lastArrival;
      if (gap <= minimum / 2) delay = delay / 2 + minimum / 2;
      else if (gap < delay) delay = Math.min(delay / 2 + gap, maximum);
      else if (gap > clock.hz()) raiseQuick(window, segmentBytes);
    }
    lastArrival = jiffies;
  }

  private void raiseQuick(int window, int segmentBytes) {
    int quickacks = Math.min(Math.max(window / (2 * segmentBytes), 2), MAX_QUICK);
    quick = Math.max(quick, quickacks);
  }

  /** {@code tcp_enter_quickack_mode}: something went wrong, tell the sender soon. */
  void enterQuickMode(int window, int segmentBytes) {
    raiseQuick(window, segmentBytes);
    delay = minimum;
  }

  /** The window grows: its growth is told with the next segment ({@code tcp_grow_window}). */
  void quicken() {
    quick |= 1;
  }

  /** {@code ICSK_ACK_PUSHED}: the segment ended what the sender's application wrote. */
  void pushed() {
    pushed = true;
  }

  /** Whether such a segment is not acknowledged yet: it is when the reader has taken it all. */
  boolean wasPushed() {
    return pushed;
  }

  /** {@code inet_csk_schedule_ack}. */
  void schedule() {
    scheduled = true;
  }

  /** {@code ICSK_ACK_NOW}. */
  void atOnce() {
    scheduled = true;
    now = true;
  }

  boolean isScheduled() {
    return scheduled;
  }

  boolean isDueAtOnce() {
    return now || quick > 0;
  }

  /**
   * {@code tcp_send_delayed_ack}.
   *
   * @return whether the acknowledgement must go now instead
   */
  boolean delay(long roundTripJiffies) {
    long wait = delay;
    if (wait > minimum) {
      long bound = clock.hz() / 2;
      if (roundTripJiffies > 0) bound = Math.min(bound, Math.max(roundTripJiffies, minimum));
      wait = Math.min(wait, bound);
    }
    wait = Math.min(wait, maximum);
    long jiffies = clock.jiffies();
    long at = jiffies + wait;
    if (timerPending) {
      if (timeout <= jiffies + (wait >> 2)) return true;
      at = Math.min(at, timeout);
    }
    scheduled = true;
    timerPending = true;
    timeout = at;
    timer.mod(at);
    return false;
  }

  /**
   * The timer fired, with the socket locked.
   *
   * @return whether to acknowledge now
   */
  boolean timerFired() {
    if (!timerPending) return false;
    if (timeout > clock.jiffies()) {
      timer.mod(timeout);
      return false;
    }
    timerPending = false;
    if (!scheduled) return false;
    delay = Math.min(delay * 2, clock.hz());
    return true;
  }

  /** {@code tcp_event_ack_sent}; the timer is left to find nothing to do, as Linux leaves it. */
  void sent() {
    if (quick > 0) quick--;
    scheduled = false;
    timerPending = false;
    now = false;
    pushed = false;
  }

  /** No memory for an acknowledgement: try again in 200 ms. */
  void retryLater() {
    scheduled = true;
    timerPending = true;
    delay = minimum;
    timeout = clock.jiffies() + maximum;
    timer.mod(timeout);
  }
}
