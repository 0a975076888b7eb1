package besser.kernel.observe;

import java.util.Arrays;

/**
 * A tracepoint as one object passes it, such as a lock. Listeners may want the records of some
 * objects only, as an event's {@code filter} file in tracefs asks for; an object that nobody
 * listens to then costs a field load.
 */
public final class TraceGate {
  private final Tracepoint point;
  private TraceListener[] listeners = {};
  private boolean asked;
  private boolean open;
  private boolean read;

  TraceGate(Tracepoint point) {
    this.point = point;
    renew();
  }

  /** Whether anyone is to be told of anything. */
  public boolean isOpen() {
    return open;
  }

  /** Whether anyone is to be handed records; else {@link #happened} tells all there is to tell. */
  public boolean isRead() {
    return read;
  }

  /** Begins a record; set its fields and {@link Tracepoint.Writer#emit} it. */
  public Tracepoint.Writer begin() {
    return point.begin(this);
  }

  /** Tells who wants no more than that when it happened. */
  public void happened(long timeNanos) {
    point.happened(timeNanos);
  }

  /** Who is to be handed a record of this object. */
  TraceListener[] listeners(TraceRecord record) {
    if (!asked) {
      asked = true;
      turnTo(
          Arrays.stream(listeners)
              .filter(listener -> listener.wants(record))
              .toArray(TraceListener[]::new));
    }
    return listeners;
  }

  /** Somebody came or went. */
  void renew() {
    asked = false;
    turnTo(point.listeners());
  }

  private void turnTo(TraceListener[] to) {
    listeners = to;
    read = to.length > 0;
    open = read || point.isTimed();
  }
}
