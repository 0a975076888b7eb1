package besser.trace.record;

/**
 * Events to record.
 *
 * @param name a group such as {@code sched}, or one event such as {@code sched:sched_switch}
 * @param filter a tracefs filter over fields such as {@code prev_pid != 0}; empty for none
 */
public record EventChoice(String name, String filter) {
  public EventChoice {
    if (!name.matches("[A-Za-z0-9_.-]+(:[A-Za-z0-9_.-]+)?")) {
      throw new IllegalArgumentException(
          "event must be a group or group:event, got '%s'".formatted(name));
    }
  }

  /** All events of a group, or one event, unfiltered. */
  public static EventChoice of(String name) {
    return new EventChoice(name, "");
  }

  String system() {
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  /** The event's name in its group; empty for the whole group. */
  String event() {
    int colon = name.indexOf(':');
    return colon < 0 ? "" : name.substring(colon + 1);
  }
}
