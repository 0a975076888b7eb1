package besser.kernel.machine;

import java.util.Arrays;

/** When each CPU goes on, and which does so first: of several at once the one of least number. */
final class ResumeTimes {
  private final long[] times;
  private int first;

  ResumeTimes(int cpus) {
    this.times = new long[cpus];
    Arrays.fill(times, Cpu.NEVER);
  }

  /** When a CPU goes on; {@link Cpu#NEVER} for the one that runs and those that sleep. */
  long of(Cpu cpu) {
    return times[cpu.index];
  }

  /** A CPU goes on earlier than it would have. */
  void set(Cpu cpu, long time) {
    int index = cpu.index;
    times[index] = time;
    long least = times[first];
    if (time < least || (time == least && index < first)) first = index;
  }

  /** A CPU runs, or sleeps until further notice. */
  void clear(Cpu cpu) {
    times[cpu.index] = Cpu.NEVER;
    if (first != cpu.index) return;
    first = 0;
    for (int i = 1; i < times.length; i++) {
      if (times[i] < times[first]) first = i;
    }
  }

  /** The number of the CPU that goes on first. */
  int first() {
    return first;
  }

  /** When the first goes on; {@link Cpu#NEVER} when none does. */
  long firstTime() {
    return times[first];
  }
}
