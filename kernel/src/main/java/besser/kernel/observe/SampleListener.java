package besser.kernel.observe;

/** Receives profile samples one by one. */
@FunctionalInterface
public interface SampleListener {
  /** A sample hit {@code node} on a CPU; the machine's trace source tells time and task. */
  void sampled(CallNode node, int cpu, boolean idle);

  /** Whether it wants those of idle CPUs too, which are most; asked once. */
  default boolean wantsIdle() {
    return true;
  }
}
