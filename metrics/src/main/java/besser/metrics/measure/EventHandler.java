package besser.metrics.measure;

import besser.trace.Event;

/** What one meter does with each event of one format. */
@FunctionalInterface
interface EventHandler {
  /**
   * Takes one event.
   *
   * @param bin where it lies on the {@link Timeline}
   */
  void handle(Event event, int bin);
}
