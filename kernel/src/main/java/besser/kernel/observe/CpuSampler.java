package besser.kernel.observe;

/**
 * The sampling counter of one CPU.
 *
 * <p>On arm64 without pseudo-NMI the counter's interrupt is an ordinary one: while interrupts are
 * off it stays pending, further overflows merge into it, and it is taken where they are enabled.
 * The handler then re-arms as {@code armpmu_event_set_period} does: in phase when less than a
 * period late, else a full period from now.
 */
public final class CpuSampler {
  private static final long NEVER = Long.MAX_VALUE;

  private final Profile profile;
  private final int cpu;
  private final long periodNanos;
  private final boolean skid;
  private final boolean countsIdle;

  private long untilSample = NEVER;
  private boolean enabled;
  private boolean pending;
  private long busyNanos;
  private long idleNanos;
  private long busySamples;
  private long idleSamples;

  CpuSampler(Profile profile, SamplerConfig config, int cpu) {
    this.profile = profile;
    this.cpu = cpu;
    this.periodNanos = 1_000_000_000L / config.frequencyHz();
    this.skid = config.irqSkid();
    this.countsIdle = config.event() == SamplerConfig.Event.CPU_CLOCK;
  }

  /** {@code nanos} of busy time were spent in {@code node}, which accounts them itself. */
  public void charge(CallNode node, long nanos, boolean irqsOff) {
    busyNanos += nanos;
    // Left alone, the counter would take 292 years to run down from NEVER.
    untilSample -= nanos;
    if (untilSample <= 0) overflow(node, irqsOff);
  }

  private void overflow(CallNode node, boolean irqsOff) {
    if (irqsOff && skid) {
      pending = true;
      return;
    }
    while (untilSample <= 0) {
      untilSample += periodNanos;
      busySamples++;
      profile.taken(node, cpu, false);
    }
  }

  /** Whether a sampling interrupt waits for interrupts to be enabled. */
  public boolean isPending() {
    return pending;
  }

  /** Interrupts are enabled in {@code node}: the pending sampling interrupt is taken there. */
  public void irqsEnabled(CallNode node) {
    pending = false;
    if (!enabled) return;
    untilSample = untilSample <= -periodNanos ? periodNanos : untilSample + periodNanos;
    busySamples++;
    profile.taken(node, cpu, false);
  }

  /** {@code nanos} of idle time were spent in {@code node}. */
  public void idle(CallNode node, long nanos) {
    idleNanos += nanos;
    if (!countsIdle || !enabled) return;
    untilSample -= nanos;
    while (untilSample <= 0) {
      untilSample += periodNanos;
      idleSamples++;
      profile.taken(node, cpu, true);
    }
  }

  void enable() {
    if (!enabled) untilSample = periodNanos;
    enabled = true;
  }

  void disable() {
    enabled = false;
    untilSample = NEVER;
    pending = false;
  }

  void clear() {
    busyNanos = 0;
    idleNanos = 0;
    busySamples = 0;
    idleSamples = 0;
  }

  long busyNanos() {
    return busyNanos;
  }

  long idleNanos() {
    return idleNanos;
  }

  long busySamples() {
    return busySamples;
  }

  long idleSamples() {
    return idleSamples;
  }
}
