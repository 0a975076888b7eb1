package besser.kernel.machine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The range timers of one CPU that {@code usleep_range} sleeps on. */
final class HrTimers {
  private final Engine engine;
  private final Cpu cpu;
  private final Runnable due;
  private @Nullable SleepTimer[] pending = new @Nullable SleepTimer[4];
  private int size;

  HrTimers(Engine engine, Cpu cpu) {
    this.engine = engine;
    this.cpu = cpu;
    this.due = this::due;
  }

  private void due() {
    cpu.raise(Cpu.HRTIMER);
    engine.kick(cpu, engine.now());
  }

  void add(SleepTimer timer) {
    if (size == pending.length) pending = Arrays.copyOf(pending, 2 * size);
    pending[size++] = timer;
    if (!engine.still) timer.ticket = engine.addEvent(timer.hardNanos, due);
  }

  /** An interrupt of its own: timers whose latest time has come. */
  void fireHard() {
    fire(true);
  }

  /** Another timer interrupt: those whose earliest time has come may as well go now. */
  void fireSoft() {
    if (size > 0) fire(false);
  }

  private void fire(boolean hard) {
    long time = engine.localTime();
    int i = 0;
    while (i < size) {
      SleepTimer timer = pending[i];
      if (timer == null || (hard ? timer.hardNanos : timer.softNanos) > time) {
        i++;
        continue;
      }
      size--;
      System.arraycopy(pending, i + 1, pending, i, size - i);
      pending[size] = null;
      if (!hard) engine.events.cancel(timer.ticket);
      engine.call(Functions.HRTIMER_WAKEUP);
      timer.hrExpired();
    }
  }
}
