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

  /** Busy time at which the counter overflows, and what of it has not been run yet. */
  private long dueNanos = NEVER;

  private long leftNanos = NEVER;
  private boolean enabled;
  private boolean pending;
  private long busySince;
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

  /** {@code nanos} of busy time passed; whether the counter has overflowed. */
  public boolean run(long nanos) {
    leftNanos -= nanos;
    return leftNanos <= 0;
  }

  private long ranNanos() {
    return dueNanos - leftNanos;
  }

  private void dueIn(long nanos) {
    dueNanos += nanos;
    leftNanos += nanos;
  }

  /** Whether the interrupt of an overflow stays pending because interrupts are off. */
  public boolean holdOff(boolean irqsOff) {
    boolean held = irqsOff && skid;
    pending |= held;
    return held;
  }

  /** The interrupt of an overflow is taken in {@code node}. */
  public void overflow(CallNode node) {
    while (leftNanos <= 0) {
      dueIn(periodNanos);
      busySamples++;
      profile.taken(node, cpu);
    }
  }

  /** Whether a sampling interrupt waits for interrupts to be enabled. */
  public boolean isPending() {
    return pending;
  }

  /** Interrupts are enabled in {@code node}: the pending sampling interrupt is taken there. */
  public void irqsEnabled(CallNode node) {
    if (!takePending()) return;
    busySamples++;
    profile.taken(node, cpu);
  }

  /**
   * The same in the idle loop. What perf writes is the context that its interrupt hits ({@code
   * get_irq_regs}), which is idle whatever the sample was held off by.
   */
  public void irqsEnabledInIdleLoop(CallNode node) {
    if (takePending()) takeIdle(node, 1);
  }

  private boolean takePending() {
    pending = false;
    if (!enabled) return false;
    boolean inPhase = -leftNanos < periodNanos;
    dueIn(inPhase ? periodNanos : periodNanos - leftNanos);
    return true;
  }

  /** {@code nanos} of idle time were spent at the top of {@code stack}. */
  public void idle(CallStack stack, long nanos) {
    idleNanos += nanos;
    if (!countsIdle || !enabled) return;
    dueIn(-nanos);
    if (leftNanos > 0) return;
    long samples = 1 - leftNanos / periodNanos;
    dueIn(samples * periodNanos);
    takeIdle(stack.innermost(), samples);
  }

  private void takeIdle(CallNode node, long samples) {
    idleSamples += samples;
    profile.takenIdle(node, cpu, samples);
  }

  void enable() {
    if (!enabled) dueIn(periodNanos - leftNanos);
    enabled = true;
  }

  void disable() {
    enabled = false;
    dueIn(NEVER - dueNanos);
    pending = false;
  }

  void clear() {
    busySince = ranNanos();
    idleNanos = 0;
    busySamples = 0;
    idleSamples = 0;
  }

  long busyNanos() {
    return ranNanos() - busySince;
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
