package besser.kernel;

/** Time as the kernel tells it, and the calls that let it pass. */
public interface Clock {
  /** {@code MAX_SCHEDULE_TIMEOUT}: wait without limit. */
  long MAX_SCHEDULE_TIMEOUT = Long.MAX_VALUE;

  /** {@code ktime_get}: nanoseconds since boot. */
  long ktimeNanos();

  /** {@code jiffies}. */
  long jiffies();

  /** {@code HZ}: jiffies per second. */
  int hz();

  /** {@code msecs_to_jiffies}: rounded up. */
  long msecsToJiffies(long millis);

  /** {@code msleep}: at least that long, in whole jiffies. */
  void msleep(int millis);

  /** {@code usleep_range}. */
  void usleepRange(int minMicros, int maxMicros);

  /** {@code udelay}: burns CPU time. */
  void udelay(int micros);
}
