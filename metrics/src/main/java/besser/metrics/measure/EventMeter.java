package besser.metrics.measure;

import besser.metrics.match.AddressNames;
import besser.metrics.match.UnresolvedFilterException;
import besser.trace.EventFormat;
import besser.trace.MissingFieldException;
import besser.trace.NearestNames;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What one metric keeps of one stream of events. A measurement has one per stream and adds them up
 * at the end. Not thread-safe.
 */
abstract sealed class EventMeter
    permits CountMeter,
        FunctionMeter,
        LockCountMeter,
        LockWaitMeter,
        PairMeter,
        RunQueueMeter,
        WakeMeter {
  private final Set<String> found = new HashSet<>();

  /** Every event that the capture declares. */
  private final Set<String> declared = new HashSet<>();

  private Optional<String> problem = Optional.empty();

  /** What this meter does with events of a format; empty when they do not concern it. */
  final Optional<EventHandler> bind(EventFormat format, AddressNames names) {
    declared.add(format.qualifiedName());
    try {
      Optional<EventHandler> handler = handlerOf(format, names);
      if (handler.isPresent()) {
        found.add(format.qualifiedName());
      }
      return handler;
    } catch (UnresolvedFilterException | MissingFieldException e) {
      problem = Optional.of(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /**
   * What to do with events of a format.
   *
   * @throws UnresolvedFilterException when the format is meant but what is named of it is not there
   */
  abstract Optional<EventHandler> handlerOf(EventFormat format, AddressNames names);

  /** What is missing for a figure when only these events are there. */
  abstract Optional<String> missing(Set<String> foundEvents);

  /** Events of this stream are missing from here: forget what they may have ended. */
  void lost() {}

  /** Adds what the same metric's meter kept of another stream. */
  final void add(EventMeter other) {
    found.addAll(other.found);
    declared.addAll(other.declared);
    problem = problem.or(() -> other.problem);
    addCounts(other);
  }

  abstract void addCounts(EventMeter other);

  /** Why there can be no figure, if so. */
  final Optional<String> problem() {
    return problem.or(() -> missing(found));
  }

  final Optional<String> firstMissing(Set<String> foundEvents, String... wanted) {
    for (String event : wanted) {
      if (!foundEvents.contains(event)) {
        return Optional.of("the capture has no event " + event + nearest(event));
      }
    }
    return Optional.empty();
  }

  private String nearest(String event) {
    return NearestNames.meant(event, declared).map(name -> "; is it " + name + "?").orElse("");
  }
}
