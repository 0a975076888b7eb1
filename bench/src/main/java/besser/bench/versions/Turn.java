package besser.bench.versions;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** One of two threads of which only one runs at a time, and what CPU time its turns took. */
final class Turn {
  private static final double NANOS_PER_SECOND = 1e9;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Semaphore own;
  private final Semaphore others;
  private final List<Double> seconds = new ArrayList<>();
  private long began;

  Turn(Semaphore own, Semaphore others) {
    this.own = own;
    this.others = others;
  }

  /** Waits for the first turn. */
  void begin() {
    own.acquireUninterruptibly();
    began = threads.getCurrentThreadCpuTime();
  }

  /** Ends a turn, and comes back with the next. */
  void next() {
    seconds.add((threads.getCurrentThreadCpuTime() - began) / NANOS_PER_SECOND);
    others.release();
    own.acquireUninterruptibly();
    began = threads.getCurrentThreadCpuTime();
  }

  /** Lets the other go on to its end. */
  void end() {
    others.release(Integer.MAX_VALUE / 2);
  }

  /** CPU time of each turn that has ended. */
  List<Double> seconds() {
    return seconds;
  }
}
