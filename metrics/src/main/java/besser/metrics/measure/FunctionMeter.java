package besser.metrics.measure;

import besser.metrics.Filter;
import besser.metrics.KernelProbe;
import besser.metrics.match.AddressNames;
import besser.metrics.match.EventTest;
import besser.trace.EventFormat;
import java.util.Optional;
import java.util.Set;

/** Counts the calls of a function as a probe of its entry records them. */
final class FunctionMeter extends EventMeter {
  // our own group, the kernel's default groups of kprobe and fprobe events, and perf's
  private static final Set<String> PROBE_SYSTEMS =
      Set.of(KernelProbe.SYSTEM, "kprobes", "fprobes", "probe");

  private final KernelProbe probe;
  private final Optional<Filter> filter;
  private final Bins counts;

  FunctionMeter(KernelProbe probe, Optional<Filter> filter, Timeline timeline) {
    this.probe = probe;
    this.filter = filter;
    this.counts = timeline.bins();
  }

  /** Whether events of this format are entries into the function. */
  static boolean isProbe(EventFormat format, KernelProbe probe) {
    return PROBE_SYSTEMS.contains(format.system())
        && (format.name().equals(probe.eventName())
            || format.name().equals(probe.function())
            // what tracefs calls a kprobe nobody named
            || format.name().equals("p_" + probe.eventName() + "_0"));
  }

  @Override
  Optional<EventHandler> handlerOf(EventFormat format, AddressNames names) {
    if (!isProbe(format, probe)) {
      return Optional.empty();
    }
    if (filter.isEmpty()) {
      return Optional.of(new CountingHandler(counts));
    }
    EventTest test = EventTest.compile(filter, format, names);
    return Optional.of(
        (event, bin) -> {
          if (test.test(event)) {
            counts.increment(bin);
          }
        });
  }

  @Override
  Optional<String> missing(Set<String> found) {
    return found.isEmpty()
        ? Optional.of("the capture has no probe of " + probe.function())
        : Optional.empty();
  }

  @Override
  void addCounts(EventMeter other) {
    counts.add(((FunctionMeter) other).counts);
  }

  Bins counts() {
    return counts;
  }
}
