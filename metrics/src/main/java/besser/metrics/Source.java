package besser.metrics;

import java.util.Optional;

/**
 * Where a metric's figure comes from, said declaratively: what to count, where, and per what. How
 * it is computed from a capture is the business of whoever runs the plan.
 */
public sealed interface Source {

  /** What the capture of a step must hold for this source; empty when no capture is read. */
  Optional<CaptureKind> capture();

  /** What a count is divided by. */
  enum Per {
    /** Seconds of the step. */
    SECOND,
    /** Frames delivered to the network stack during the step. */
    FRAME
  }

  /** Which end of the load counts the bytes. */
  enum End {
    RECEIVER,
    SENDER
  }

  /** How a step's byte series becomes one figure. */
  enum GoodputStatistic {
    /** Bytes per second over the whole step, dead time included. */
    MEAN,
    /** Bytes of the step's poorest whole second. */
    MINIMUM_SECOND,
    /** Standard deviation of the whole seconds over their mean; a fraction. */
    VARIATION,
    /** Whole seconds in which not a byte arrived. */
    STALL_SECONDS,
    /** Seconds from the start of the step to its last byte. */
    LAST_BYTE
  }

  /** Application bytes, counted at one end of the load. */
  record Goodput(End end, GoodputStatistic statistic) implements Source {

    /** Bytes per second over the whole step. */
    public Goodput(End end) {
      this(end, GoodputStatistic.MEAN);
    }

    @Override
    public Optional<CaptureKind> capture() {
      return Optional.of(CaptureKind.GOODPUT);
    }
  }

  /** Occurrences of a trace event ({@code subsystem:event}), optionally filtered by its fields. */
  record EventRate(String event, Optional<Filter> where, Per per) implements Source {
    public EventRate {
      requireEvent(event);
    }

    @Override
    public Optional<CaptureKind> capture() {
      return Optional.of(CaptureKind.TRACE);
    }
  }

  /** Calls of a kernel function, as a kprobe on its entry counts them. */
  record FunctionRate(String function, Optional<Filter> where, Per per) implements Source {
    public FunctionRate {
      requireName("function", function);
    }

    @Override
    public Optional<CaptureKind> capture() {
      return Optional.of(CaptureKind.TRACE);
    }
  }

  /** What of a CPU sample is compared with a name. */
  enum SampleMatch {
    /** The function the sample landed in (self time). */
    SYMBOL,
    /** The module of that function. */
    MODULE,
    /** Any function of the sample's call chain (total time). */
    CHAIN
  }

  /** Which samples make the whole of which a share is taken. */
  enum Denominator {
    /** Every sample, idle ones included. */
    ALL,
    /** Samples that did not land in the idle loop. */
    NON_IDLE
  }

  /**
   * A share of CPU samples, weighed by their period.
   *
   * @param name a function or module; {@code *} stands for any text. With {@link SampleMatch#CHAIN}
   *     several functions joined by {@code ;} must occur in this order from the root, with or
   *     without others between them
   * @param thread only samples of threads of this name count, above and below the line
   */
  record SampleShare(SampleMatch match, String name, Denominator of, Optional<String> thread)
      implements Source {
    public SampleShare {
      requireName("sample name", name);
      thread.ifPresent(threadName -> requireName("thread", threadName));
    }

    /** A share of the samples of all threads. */
    public SampleShare(SampleMatch match, String name, Denominator of) {
      this(match, name, of, Optional.empty());
    }

    @Override
    public Optional<CaptureKind> capture() {
      return Optional.of(CaptureKind.PROFILE);
    }
  }

  /**
   * CPU time that samples stand for: seconds per second of the step (a fraction of one CPU, so
   * above 1 where several CPUs are busy), or seconds per delivered frame.
   */
  record CpuTime(SampleMatch match, String name, Per per) implements Source {
    public CpuTime {
      requireName("sample name", name);
    }

    @Override
    public Optional<CaptureKind> capture() {
      return Optional.of(CaptureKind.PROFILE);
    }
  }

  /**
   * A percentile of the time from one event to the next one with the same key, both on fields of
   * the events; the filter applies to the later event, which names the function.
   *
   * @param percentile 0 to 100, exclusive
   */
  record PairedDuration(
      String from, String to, String key, Optional<Filter> where, double percentile)
      implements Source {
    private static final String KEY_PART = "\\s*\\w+\\s*(=\\s*\\w+\\s*)?";
    private static final String KEY = KEY_PART + "(," + KEY_PART + ")*";

    public PairedDuration {
      requireEvent(from);
      requireEvent(to);
      if (!key.matches(KEY)) {
        throw new IllegalArgumentException(
            "a key is a field, 'a=b' or several of these joined by commas, got '" + key + "'");
      }
      requirePercentile(percentile);
    }

    @Override
    public Optional<CaptureKind> capture() {
      return Optional.of(CaptureKind.TRACE);
    }
  }

  /** What a runnable thread waits for a CPU after. */
  enum WaitAfter {
    /** A wake-up: {@code sched_wakeup} to the {@code sched_switch} that runs the thread. */
    WAKE_UP,
    /** A wake-up or a preemption: all time spent on a run queue. */
    ANY
  }

  /** A percentile of the time a runnable thread waits for a CPU. */
  record RunQueueWait(WaitAfter after, Optional<String> thread, double percentile)
      implements Source {
    public RunQueueWait {
      thread.ifPresent(name -> requireName("thread", name));
      requirePercentile(percentile);
    }

    @Override
    public Optional<CaptureKind> capture() {
      return Optional.of(CaptureKind.TRACE);
    }
  }

  /** What of a lock is counted. */
  enum LockAspect {
    ACQUISITIONS,
    /** Acquisitions that had to wait ({@code lock:contention_begin}). */
    CONTENTIONS
  }

  /** How often a lock, named as the driver names it, is taken or waited for. */
  record LockRate(String lock, LockAspect aspect, Per per) implements Source {
    public LockRate {
      requireName("lock", lock);
    }

    @Override
    public Optional<CaptureKind> capture() {
      return Optional.of(CaptureKind.TRACE);
    }
  }

  /** What of the time threads wait for a lock is the figure. */
  enum LockWaitStatistic {
    /** Seconds waited per second of the step, over all CPUs; a fraction. */
    SHARE,
    MEDIAN,
    /** The 99th percentile. */
    P99,
    MAXIMUM
  }

  /** Time from {@code lock:contention_begin} to {@code lock:contention_end} of a lock. */
  record LockWait(String lock, LockWaitStatistic statistic) implements Source {
    public LockWait {
      requireName("lock", lock);
    }

    @Override
    public Optional<CaptureKind> capture() {
      return Optional.of(CaptureKind.TRACE);
    }
  }

  /** Wake-ups of a wait queue, optionally only those issued while one function runs. */
  record WakeRate(String waitQueue, Optional<String> from, Per per) implements Source {
    public WakeRate {
      requireName("wait queue", waitQueue);
    }

    @Override
    public Optional<CaptureKind> capture() {
      return Optional.of(CaptureKind.TRACE);
    }
  }

  /** How a series over the step becomes one figure. */
  enum Statistic {
    MEAN,
    MINIMUM,
    MAXIMUM,
    /** Last value less the first, per second: for counters that only grow. */
    RATE
  }

  /** One figure out of a series of the environment capture, for example {@code cpu.busy}. */
  record Series(String name, Statistic statistic) implements Source {
    public Series {
      requireName("series", name);
    }

    @Override
    public Optional<CaptureKind> capture() {
      return Optional.of(CaptureKind.ENVIRONMENT);
    }
  }

  /** What of the link's life is the figure. */
  enum LinkAspect {
    /** 1 when the link lived to the end of the step, otherwise 0. */
    SURVIVAL,
    /** Seconds from the start of the step to link death; the step's length when it lived. */
    SECONDS_TO_DEATH
  }

  /** Whether, and how long, the link lives. */
  record Link(LinkAspect aspect) implements Source {
    @Override
    public Optional<CaptureKind> capture() {
      return Optional.of(CaptureKind.KERNEL_LOG);
    }
  }

  /** One metric over another, both of the same step and repetition. */
  record Ratio(String of, String to) implements Source {
    public Ratio {
      requireName("metric", of);
      requireName("metric", to);
    }

    @Override
    public Optional<CaptureKind> capture() {
      return Optional.empty();
    }
  }

  /**
   * The coefficient of variation of a metric over the repetitions of an arm. Computed by the
   * verdict itself: a run never reports it.
   */
  record Spread(String of) implements Source {
    public Spread {
      requireName("metric", of);
    }

    @Override
    public Optional<CaptureKind> capture() {
      return Optional.empty();
    }
  }

  private static void requireEvent(String event) {
    if (!event.matches("[A-Za-z0-9_]+:[A-Za-z0-9_]+")) {
      throw new IllegalArgumentException(
          "an event is written subsystem:event, got '" + event + "'");
    }
  }

  private static void requirePercentile(double percentile) {
    if (!(percentile > 0 && percentile < 100)) {
      throw new IllegalArgumentException("percentile must be in (0, 100), got " + percentile);
    }
  }

  private static void requireName(String what, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
  }
}
