package besser.kernel.observe;

/**
 * A tracepoint as one object passes it that bears a name, such as a lock. Listeners may want the
 * records of some names only, as an event's {@code filter} file in tracefs asks for; an object that
 * nobody listens to then costs a field load.
 */
public final class TraceGate {
  private final Tracepoint point;
  private final String name;
  private TraceListener[] listeners = {};
  private boolean open;

  TraceGate(Tracepoint point, String name) {
    this.point = point;
    this.name = name;
    renew();
  }

  /** Whether anyone listens. */
  public boolean isOpen() {
    return open;
  }

  /** Begins a record; set its fields and {@link Tracepoint.Writer#emit} it. */
  public Tracepoint.Writer begin() {
    return point.begin(listeners);
  }

  /** Somebody came or went. */
  final void renew() {
    listeners = point.listenersTo(name);
    open = listeners.length > 0;
  }
}
