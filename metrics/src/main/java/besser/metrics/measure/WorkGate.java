package besser.metrics.measure;

import besser.metrics.match.EventTest;
import besser.metrics.match.LongTable;
import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.Field;
import java.util.List;
import java.util.Optional;

/** Passes over work items whose function no handler wants; each function is looked at once. */
final class WorkGate {
  private static final long YES = 1;
  private static final long NO = 0;

  private final Field function;
  private final EventTest[] wanted;
  private final LongTable verdicts = new LongTable();

  private WorkGate(Field function, EventTest[] wanted) {
    this.function = function;
    this.wanted = wanted;
  }

  /** A gate for handlers that all want only the work items of some functions. */
  static Optional<WorkGate> of(EventFormat format, List<EventHandler> handlers) {
    if (!ObjectHandler.isOfWorkItems(format)
        || handlers.isEmpty()
        || !handlers.stream().allMatch(ObjectHandler.class::isInstance)) {
      return Optional.empty();
    }
    EventTest[] wanted =
        handlers.stream()
            .map(handler -> ((ObjectHandler) handler).wanted())
            .toArray(EventTest[]::new);
    return Optional.of(new WorkGate(format.field(ObjectHandler.FUNCTION), wanted));
  }

  boolean isWanted(Event event) {
    long address = event.number(function);
    long verdict = verdicts.get(address);
    if (verdict == LongTable.ABSENT) {
      verdict = isWantedByAny(event) ? YES : NO;
      verdicts.put(address, verdict);
    }
    return verdict == YES;
  }

  private boolean isWantedByAny(Event event) {
    for (EventTest test : wanted) {
      if (test.test(event)) {
        return true;
      }
    }
    return false;
  }
}
