package besser.rig.linux;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** How exactly the calling thread is woken, and what it costs. */
public final class ThreadTiming {
  private static final int PR_SET_TIMERSLACK = 29;
  private static final int SCHED_OTHER = 0;
  private static final int SCHED_RR = 2;

  private ThreadTiming() {}

  /**
   * Asks the kernel to wake this thread at the time it asks for; by default it may be 50 us late
   * (prctl(2), PR_SET_TIMERSLACK).
   *
   * @return why that could not be had; empty when it could
   */
  public static Optional<String> wakeExactly() {
    try {
      Libc.get().prctl(PR_SET_TIMERSLACK, 1);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("timer slack stays at its default: " + e.getMessage());
    }
  }

  /**
   * Lets this thread run before every ordinary one, until {@link #ordinary} (sched(7), SCHED_RR at
   * its lowest priority).
   *
   * @return why that could not be had; empty when it could
   */
  public static Optional<String> realTime() {
    return scheduled(SCHED_RR, 1);
  }

  /** Lets this thread run as others do. */
  public static Optional<String> ordinary() {
    return scheduled(SCHED_OTHER, 0);
  }

  private static Optional<String> scheduled(int policy, int priority) {
    try {
      Libc.get().scheduler(policy, priority);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("scheduled as other threads are: " + e.getMessage());
    }
  }

  /** CPU time of the calling thread, user and system, in ns; 0 where the JVM cannot tell. */
  public static long cpuNanos() {
    return Math.max(0, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }
}
