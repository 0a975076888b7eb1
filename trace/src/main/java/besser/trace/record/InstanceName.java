package besser.trace.record;

import java.io.IOException;
import java.util.Optional;

/**
 * The name of a tracefs instance of ours: it says which process holds it, and when that process was
 * started, so that a later run can tell whether it is still in use.
 *
 * @param pid the process, {@code > 0}
 * @param startTicks when the kernel started it, in clock ticks since boot ({@code /proc/PID/stat}'s
 *     22nd field)
 * @param number counts the instances of one process
 */
record InstanceName(long pid, long startTicks, int number) {
  private static final String PREFIX = "besser";
  private static final int START_FIELD_BEHIND_NAME = 19;

  InstanceName {
    if (pid <= 0) {
      throw new IllegalArgumentException("pid must be > 0, got " + pid);
    }
  }

  /** A name for an instance that the machine's holder is to keep. */
  static InstanceName heldOn(TracedMachine machine, int number) throws IOException {
    long pid = machine.holderPid();
    return new InstanceName(pid, startTicks(machine, pid).orElse(0L), number);
  }

  /** Parses a directory's name; empty when it is not one of ours. */
  static Optional<InstanceName> parse(String name) {
    String[] parts = name.split("_", -1);
    if (parts.length != 4 || !parts[0].equals(PREFIX)) {
      return Optional.empty();
    }
    try {
      long pid = Long.parseLong(parts[1]);
      return pid <= 0
          ? Optional.empty()
          : Optional.of(
              new InstanceName(pid, Long.parseLong(parts[2]), Integer.parseInt(parts[3])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether the process that holds it still runs. */
  boolean isInUse(TracedMachine machine) throws IOException {
    return startTicks(machine, pid).map(ticks -> ticks == startTicks).orElse(false);
  }

  private static Optional<Long> startTicks(TracedMachine machine, long pid) throws IOException {
    String stat = machine.read("/proc/" + pid + "/stat");
    // the second field is the name in parentheses, and may contain blanks and parentheses
    int nameEnd = stat.lastIndexOf(')');
    if (nameEnd < 0) {
      return Optional.empty();
    }
    String[] fields = stat.substring(nameEnd + 1).strip().split(" ", -1);
    return fields.length <= START_FIELD_BEHIND_NAME
        ? Optional.empty()
        : Optional.of(Long.parseLong(fields[START_FIELD_BEHIND_NAME]));
  }

  @Override
  public String toString() {
    return PREFIX + "_" + pid + "_" + startTicks + "_" + number;
  }
}
