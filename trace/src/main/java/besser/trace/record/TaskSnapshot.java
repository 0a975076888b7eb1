package besser.trace.record;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names of the tasks seen while recording. The kernel saves only 128 by default, and its number is
 * shared by everybody who traces, so tasks alive at start and end are asked of {@code /proc}.
 */
final class TaskSnapshot {
  private final TracedMachine machine;
  private final Map<Integer, String> names = new TreeMap<>();

  TaskSnapshot(TracedMachine machine) {
    this.machine = machine;
  }

  /** Takes in the tasks alive now; names taken before stay. */
  void addRunning() throws IOException {
    machine.threadNames().forEach(names::putIfAbsent);
  }

  /** The kernel's own list, completed with the names taken, in its form. */
  String merged(String savedCmdlines) {
    Map<Integer, String> all = new TreeMap<>(names);
    for (String line : savedCmdlines.lines().toList()) {
      int space = line.indexOf(' ');
      if (space > 0 && line.substring(0, space).matches("\\d{1,9}")) {
        all.put(Integer.parseInt(line, 0, space, 10), line.substring(space + 1));
      }
    }
    StringBuilder text = new StringBuilder();
    all.forEach((pid, name) -> text.append(pid).append(' ').append(name).append('\n'));
    return text.toString();
  }
}
