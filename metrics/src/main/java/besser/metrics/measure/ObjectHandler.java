package besser.metrics.measure;

import besser.metrics.Filter;
import besser.metrics.match.AddressNames;
import besser.metrics.match.EventTest;
import besser.trace.Event;
import besser.trace.EventFormat;
import java.util.Optional;
import java.util.Set;

/**
 * What a meter does with the events of some objects — the work items of a function, a lock, a wait
 * queue — when it does nothing with those of others.
 *
 * @param wanted depends on the object alone
 */
record ObjectHandler(EventTest wanted, EventHandler handler) implements EventHandler {
  private static final String WORKQUEUE = "workqueue";

  /** The field with a work item's function, which it keeps from its queueing to its end. */
  static final String FUNCTION = "function";

  /** Whether the events of a format are about work items, which are told apart by functions. */
  static boolean isOfWorkItems(EventFormat format) {
    return format.system().equals(WORKQUEUE) && format.findField(FUNCTION).isPresent();
  }

  /** A handler for the events that pass a filter: limited to work items where that is possible. */
  static EventHandler of(
      Optional<Filter> filter, EventFormat format, AddressNames names, EventHandler handler) {
    return isOfWorkItems(format)
            && filter.isPresent()
            && filter.get().fields().equals(Set.of(FUNCTION))
        ? new ObjectHandler(EventTest.compile(filter, format, names), handler)
        : handler;
  }

  @Override
  public void handle(Event event, int bin) {
    handler.handle(event, bin);
  }
}
