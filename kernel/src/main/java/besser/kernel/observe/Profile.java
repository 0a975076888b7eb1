package besser.kernel.observe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The machine's call tree, where its CPU time went, and the samples that a profiler would have
 * taken of it. Sampling is arithmetic on the time charged: no events, no cost in virtual time.
 */
public final class Profile {
  private final SamplerConfig config;
  private final CallNode root = CallNode.root();
  private final CpuSampler[] samplers;
  private @Nullable SampleListener listener;
  private @Nullable SampleListener idleListener;

  /** A profile of so many CPUs, not sampling yet. */
  public Profile(SamplerConfig config, int cpus) {
    this.config = config;
    this.samplers = new CpuSampler[cpus];
    for (int i = 0; i < cpus; i++) samplers[i] = new CpuSampler(this, config, i);
  }

  /** How it samples. */
  public SamplerConfig config() {
    return config;
  }

  /** Starts taking samples. */
  public void enable() {
    for (CpuSampler sampler : samplers) sampler.enable();
  }

  /** Stops taking samples; counts stay. */
  public void disable() {
    for (CpuSampler sampler : samplers) sampler.disable();
  }

  /** Sets all counts and times to zero. */
  public void clear() {
    root.clear();
    for (CpuSampler sampler : samplers) sampler.clear();
  }

  /** Hands each sample to a listener as well. */
  public void listen(SampleListener sampleListener) {
    listener = sampleListener;
    idleListener = sampleListener.wantsIdle() ? sampleListener : null;
  }

  /** The call tree of all CPUs. */
  public CallNode root() {
    return root;
  }

  /** Number of CPUs. */
  public int cpus() {
    return samplers.length;
  }

  /** Samples taken on a CPU outside idle. */
  public long busySamples(int cpu) {
    return samplers[cpu].busySamples();
  }

  /**
   * Samples that hit idle on a CPU; with {@code CYCLES} only those that were held off until then.
   */
  public long idleSamples(int cpu) {
    return samplers[cpu].idleSamples();
  }

  /** Samples taken outside idle on all CPUs: what shares are of. */
  public long busySamples() {
    return Arrays.stream(samplers).mapToLong(CpuSampler::busySamples).sum();
  }

  /** Time a CPU was busy in nanoseconds, sampled or not. */
  public long busyNanos(int cpu) {
    return samplers[cpu].busyNanos();
  }

  /** Time a CPU was idle in nanoseconds. */
  public long idleNanos(int cpu) {
    return samplers[cpu].idleNanos();
  }

  /** For the machine: the arithmetic of one CPU. */
  public CpuSampler sampler(int cpu) {
    return samplers[cpu];
  }

  void taken(CallNode node, int cpu) {
    node.addSamples(cpu, 1);
    if (listener != null) listener.sampled(node, cpu, false);
  }

  void takenIdle(CallNode node, int cpu, long samples) {
    node.addSamples(cpu, samples);
    if (idleListener == null) return;
    for (long i = 0; i < samples; i++) idleListener.sampled(node, cpu, true);
  }
}
