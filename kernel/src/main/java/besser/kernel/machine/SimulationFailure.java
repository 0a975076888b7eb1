package besser.kernel.machine;

import besser.kernel.KernelFunction;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Simulated code threw, or the machine came to a state that cannot go on. The message names the
 * seed, the time, the context and the simulated call stack.
 */
public final class SimulationFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String DEADLOCK = "deadlock:";

  private final String what;
  private final long seed;
  private final transient List<KernelFunction> stack;

  SimulationFailure(
      String what, long seed, long timeNanos, String context, List<KernelFunction> stack) {
    super(message(what, seed, timeNanos, context, stack));
    this.what = what;
    this.seed = seed;
    this.stack = List.copyOf(stack);
  }

  private static String message(
      String what, long seed, long timeNanos, String context, List<KernelFunction> stack) {
    return "%s at %d ns in %s (seed %d), call stack: %s"
        .formatted(
            what,
            timeNanos,
            context,
            seed,
            stack.stream().map(KernelFunction::name).collect(Collectors.joining(" < ")));
  }

  /** What happened, without when and where. */
  public String what() {
    return what;
  }

  /** Whether CPUs spin for each other, so that none can go on. */
  public boolean isDeadlock() {
    return what.startsWith(DEADLOCK);
  }

  /** The run's seed. */
  public long seed() {
    return seed;
  }

  /** The simulated call stack, innermost function first. */
  public List<KernelFunction> simulatedStack() {
    return stack;
  }
}
