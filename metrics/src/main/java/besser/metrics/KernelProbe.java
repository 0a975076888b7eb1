package besser.metrics;

import java.util.List;
import java.util.stream.Stream;

/**
 * A kprobe a figure needs: what to write to tracefs' {@code kprobe_events}, and what a simulated
 * kernel's call of the function is recorded as.
 *
 * @param function the kernel function whose entry is probed
 * @param arguments fetched fields as {@code kprobe_events} writes them, such as {@code
 *     wq_head=$arg1}
 */
public record KernelProbe(String function, List<String> arguments) {
  /** The group of the events. */
  public static final String SYSTEM = "kprobe";

  /** Every {@code wake_up} variant of a wait queue ends in this function; a probe of it. */
  public static final KernelProbe WAKE_UP = new KernelProbe("__wake_up", List.of("wq_head=$arg1"));

  public KernelProbe {
    if (function.isBlank()) {
      throw new IllegalArgumentException("function must not be empty");
    }
    arguments = List.copyOf(arguments);
  }

  /** A probe that fetches nothing. */
  public static KernelProbe of(String function) {
    return new KernelProbe(function, List.of());
  }

  /** The event's name: the function's, with {@code _} for what an event name cannot hold. */
  public String eventName() {
    return function.replaceAll("[^A-Za-z0-9_]", "_");
  }

  /** The event as plans and catalogues name it. */
  public String qualifiedName() {
    return SYSTEM + ":" + eventName();
  }

  /** The line for {@code kprobe_events}. */
  public String definition() {
    return Stream.concat(
            Stream.of("p:" + SYSTEM + "/" + eventName() + " " + function), arguments.stream())
        .reduce((left, right) -> left + " " + right)
        .orElseThrow();
  }
}
