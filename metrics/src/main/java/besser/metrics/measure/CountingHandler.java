package besser.metrics.measure;

import besser.trace.Event;

/** Counts every event it is given. */
record CountingHandler(Bins counts) implements EventHandler {
  @Override
  public void handle(Event event, int bin) {
    counts.increment(bin);
  }
}
