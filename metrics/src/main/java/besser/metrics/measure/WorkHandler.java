package besser.metrics.measure;

import besser.metrics.Filter;
import besser.metrics.match.AddressNames;
import besser.metrics.match.EventTest;
import besser.trace.Event;
import besser.trace.EventFormat;
import java.util.Optional;
import java.util.Set;

/**
 * What a meter does with the events of some functions' work items, when it does nothing with those
 * of others. A work item has one function from its queueing to its end, so that a pair of events is
 * wanted or not wanted as one.
 *
 * @param wanted depends on the function alone
 */
record WorkHandler(EventTest wanted, EventHandler handler) implements EventHandler {
  private static final String SYSTEM = "workqueue";

  /** The field with the work item's function. */
  static final String FUNCTION = "function";

  /** A handler for the events that pass a filter: limited to work items where that is possible. */
  static EventHandler of(
      Optional<Filter> filter, EventFormat format, AddressNames names, EventHandler handler) {
    boolean ofWorkItems = format.system().equals(SYSTEM) && format.findField(FUNCTION).isPresent();
    return ofWorkItems && filter.isPresent() && filter.get().fields().equals(Set.of(FUNCTION))
        ? new WorkHandler(EventTest.compile(filter, format, names), handler)
        : handler;
  }

  @Override
  public void handle(Event event, int bin) {
    handler.handle(event, bin);
  }
}
