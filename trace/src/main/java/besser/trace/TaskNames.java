package besser.trace;

import java.util.HashMap;
import java.util.Map;

/** Task names by pid, as tracefs' {@code saved_cmdlines} holds them. Immutable. */
public final class TaskNames {
  /** What the kernel's tools print for a pid whose name was not saved. */
  public static final String UNKNOWN = "<...>";

  /** What the kernel's tools print for pid 0. */
  public static final String IDLE = "<idle>";

  private static final TaskNames EMPTY = new TaskNames(Map.of());

  private final Map<Integer, String> names;

  public TaskNames(Map<Integer, String> names) {
    this.names = new HashMap<>(names);
    this.names.putIfAbsent(0, IDLE);
  }

  /** Knows pid 0 only. */
  public static TaskNames empty() {
    return EMPTY;
  }

  /** The name of a task, {@link #IDLE} for pid 0, {@link #UNKNOWN} for one that was not saved. */
  public String name(int pid) {
    return names.getOrDefault(pid, UNKNOWN);
  }

  /** All saved names by pid. */
  public Map<Integer, String> byPid() {
    return Map.copyOf(names);
  }
}
