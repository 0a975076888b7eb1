package besser.kernel.machine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One CPU's timers in jiffies. Expiries are rounded up as the hierarchical wheel does, so that far
 * ones come late by up to an eighth of their delay; see {@code calc_wheel_index}.
 */
final class TimerBase {
  private static final int LEVEL_BITS = 3;
  private static final int LEVEL_SIZE = 64;

  private final Engine engine;
  final Cpu cpu;
  final LeafLock lock;
  private final Runnable tickEvent;
  private @Nullable SimTimer[] timers = new @Nullable SimTimer[8];
  private int size;
  private long order;
  @Nullable SimTimer runningTimer;

  TimerBase(Engine engine, Cpu cpu) {
    this.engine = engine;
    this.cpu = cpu;
    this.lock = new LeafLock(engine, LeafLock.TIMER_BASE_LOCK);
    this.tickEvent = () -> engine.scheduler.fair().tickDue(cpu);
  }

  Runnable tickEvent() {
    return tickEvent;
  }

  /** The jiffy in which the wheel fires a timer that is to expire at {@code expires}. */
  static long wheelExpiry(long expires, long clock) {
    if (expires <= clock) return clock + 1;
    long delta = expires - clock;
    int shift = 0;
    while (delta >= (long) (LEVEL_SIZE - 1) << shift) shift += LEVEL_BITS;
    // Rounded up to the next granule even when on one, so that no timer fires early.
    return ((expires + (1L << shift)) >> shift) << shift;
  }

  void add(SimTimer timer, long expires) {
    if (size == timers.length) timers = Arrays.copyOf(timers, 2 * size);
    timer.fireJiffy = wheelExpiry(expires, engine.jiffies());
    timer.order = order++;
    timers[size++] = timer;
    if (engine.still) return;
    engine.scheduler.fair().armTick(cpu, engine.jiffies.timeOf(timer.fireJiffy));
  }

  /** Where no tick runs, the next expiry is an event of its own. */
  void armUntimed() {
    long next = nextExpiry();
    if (engine.timed || engine.still || next == Cpu.NEVER) return;
    engine.scheduler.fair().armTick(cpu, engine.jiffies.timeOf(next));
  }

  void remove(SimTimer timer) {
    for (int i = 0; i < size; i++) {
      if (timers[i] == timer) {
        timers[i] = timers[--size];
        timers[size] = null;
        return;
      }
    }
  }

  /** The jiffy of the next expiry, {@link Cpu#NEVER} when none is pending. */
  long nextExpiry() {
    long next = Cpu.NEVER;
    for (int i = 0; i < size; i++) {
      SimTimer timer = timers[i];
      if (timer != null && timer.fireJiffy < next) next = timer.fireJiffy;
    }
    return next;
  }

  boolean isDue(long jiffy) {
    return nextExpiry() <= jiffy;
  }

  /** Takes the first timer due by a jiffy; null when none is. */
  @Nullable SimTimer takeDue(long jiffy) {
    SimTimer first = null;
    for (int i = 0; i < size; i++) {
      SimTimer timer = timers[i];
      if (timer == null || timer.fireJiffy > jiffy) continue;
      if (first == null || isBefore(timer, first)) first = timer;
    }
    if (first != null) remove(first);
    return first;
  }

  private static boolean isBefore(SimTimer a, SimTimer b) {
    return a.fireJiffy != b.fireJiffy ? a.fireJiffy < b.fireJiffy : a.order < b.order;
  }
}
