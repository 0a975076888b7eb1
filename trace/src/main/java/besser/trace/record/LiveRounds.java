package besser.trace.record;

import besser.trace.EventSink;
import besser.trace.ring.PageStream;
import besser.trace.ring.RingContext;
import besser.trace.ring.RingCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Merges the pages of several CPUs by time while they are recorded. An idle CPU must not hold the
 * others up, so pages are taken in rounds: all that each CPU has now. What happened up to the last
 * event of one round has been read on all CPUs when the next round has been taken, and is handed
 * out. Used by one thread.
 */
final class LiveRounds implements AutoCloseable {
  private static final long ROUND_NANOS = 100_000_000;

  /** Pages taken of a CPU in one round at most, so that memory is bounded. */
  private static final int PAGES_A_ROUND = 8192;

  private final RingContext context;
  private final EventSink sink;
  private final List<Cpu> cpus = new ArrayList<>();
  private final PriorityQueue<Cpu> ready = new PriorityQueue<>(LiveRounds::earlier);
  private long seenNanos = Long.MIN_VALUE;

  /** One CPU's pages on their way. */
  private static final class Cpu {
    private final PageStream pipe;
    private final QueuedPages queue = new QueuedPages();
    private final RingCursor cursor;
    private boolean atEvent;

    Cpu(int number, PageStream pipe, RingContext context) {
      this.pipe = pipe;
      this.cursor = new RingCursor(queue, number, context);
    }

    boolean take() {
      int taken = 0;
      while (taken < PAGES_A_ROUND && pipe.next()) {
        queue.add(pipe.segment().asSlice(pipe.startBytes(), pipe.lengthBytes()));
        taken++;
      }
      return taken < PAGES_A_ROUND;
    }
  }

  LiveRounds(RingContext context, EventSink sink) {
    this.context = context;
    this.sink = sink;
  }

  /** Adds a CPU whose stream hands out what there is now. It is closed with this. */
  void add(int cpu, PageStream pipe) {
    cpus.add(new Cpu(cpu, pipe, context));
  }

  /** Takes rounds until recording has stopped and all is read. */
  void run(BooleanSupplier stopped) {
    boolean last = false;
    while (!last) {
      boolean stopping = stopped.getAsBoolean();
      boolean drained = true;
      for (Cpu cpu : cpus) {
        drained &= cpu.take();
      }
      last = stopping && drained;
      deliver(last ? Long.MAX_VALUE : seenNanos);
      if (drained && !last) {
        LockSupport.parkNanos(ROUND_NANOS);
      }
    }
    cpus.forEach(cpu -> cpu.cursor.deliverLossAtEnd(sink));
  }

  /** Hands out all events up to an instant; those behind it wait. */
  private void deliver(long untilNanos) {
    for (Cpu cpu : cpus) {
      if (!cpu.atEvent && cpu.cursor.advance()) {
        cpu.atEvent = true;
        ready.add(cpu);
      }
      seenNanos = Math.max(seenNanos, cpu.queue.newestStampNanos(context));
    }
    while (!ready.isEmpty() && ready.element().cursor.timeNanos() <= untilNanos) {
      Cpu first = ready.remove();
      first.cursor.deliverTo(sink);
      first.atEvent = first.cursor.advance();
      if (first.atEvent) {
        ready.add(first);
      }
    }
  }

  private static int earlier(Cpu a, Cpu b) {
    int byTime = Long.compare(a.cursor.timeNanos(), b.cursor.timeNanos());
    return byTime != 0 ? byTime : Integer.compare(a.cursor.cpu(), b.cursor.cpu());
  }

  @Override
  public void close() {
    cpus.forEach(cpu -> cpu.pipe.close());
  }
}
