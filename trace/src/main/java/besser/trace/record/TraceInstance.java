package besser.trace.record;

import besser.trace.IssueCounts;
import besser.trace.dat.CpuStats;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A tracefs instance of our own, so that nobody else's tracing is touched, with the kprobes that
 * belong to it. Closing it removes all from the kernel again.
 */
final class TraceInstance implements AutoCloseable {
  private static final AtomicInteger NEXT_NUMBER = new AtomicInteger();
  private static final Duration BUSY_LIMIT = Duration.ofSeconds(10);
  private static final Duration BUSY_RETRY = Duration.ofMillis(20);

  private final Tracefs tracefs;
  private final String directory;
  private final String group;
  private boolean removed;

  private TraceInstance(Tracefs tracefs, String directory, String group) {
    this.tracefs = tracefs;
    this.directory = directory;
    this.group = group;
  }

  /** Creates an instance; it records nothing yet. */
  static TraceInstance create(Tracefs tracefs) throws RecordingException {
    try {
      String name =
          InstanceName.heldOn(tracefs.machine(), NEXT_NUMBER.incrementAndGet()).toString();
      String directory = tracefs.path("instances/" + name);
      tracefs.machine().createDirectory(directory);
      TraceInstance instance = new TraceInstance(tracefs, directory, name);
      instance.set("tracing_on", "0");
      return instance;
    } catch (IOException e) {
      throw new RecordingException(
          "no tracefs instance can be created (%s); recording needs root".formatted(e.getMessage()),
          e);
    }
  }

  /**
   * Removes what runs that were killed left behind: instances whose process is gone, and their
   * kprobes.
   *
   * @return the names of the instances removed
   */
  static List<String> removeStale(Tracefs tracefs) throws RecordingException {
    List<String> removed = new ArrayList<>();
    TracedMachine machine = tracefs.machine();
    try {
      for (String name : machine.directories(tracefs.path("instances"))) {
        Optional<InstanceName> parsed = InstanceName.parse(name);
        if (parsed.isPresent() && !parsed.get().isInUse(machine)) {
          new TraceInstance(tracefs, tracefs.path("instances/" + name), name).close();
          removed.add(name);
        }
      }
    } catch (IOException e) {
      throw new RecordingException("stale tracefs instances cannot be removed", e);
    }
    return removed;
  }

  String directory() {
    return directory;
  }

  /** The group our kprobes' events are in. */
  String group() {
    return group;
  }

  /** Writes one of the instance's control files. */
  void set(String file, String value) throws IOException {
    tracefs.machine().write(directory + "/" + file, value);
  }

  /** Places a probe; its event is {@code group:event} from then on. */
  void addKprobe(KprobeChoice kprobe) throws RecordingException {
    String line = kprobe.definition(group);
    try {
      tracefs.machine().append(tracefs.path("kprobe_events"), line + "\n");
    } catch (IOException e) {
      throw new RecordingException(
          "kprobe '%s' is refused by the kernel: %s".formatted(line, e.getMessage()), e);
    }
  }

  /** Enables one event or all of a group, with a filter. */
  void enable(EventChoice choice) throws RecordingException {
    String events = "events/" + choice.system();
    String chosen = choice.event().isEmpty() ? events : events + "/" + choice.event();
    try {
      if (!choice.filter().isEmpty()) {
        set(chosen + "/filter", choice.filter());
      }
    } catch (IOException e) {
      throw new RecordingException(
          "filter '%s' of %s is refused by the kernel: %s"
              .formatted(choice.filter(), choice.name(), filterError(chosen)),
          e);
    }
    try {
      set(chosen + "/enable", "1");
    } catch (IOException e) {
      throw new RecordingException(
          "event %s cannot be enabled: %s".formatted(choice.name(), e.getMessage()), e);
    }
  }

  /** What the kernel left in the filter file about its refusal, in one line. */
  private String filterError(String chosen) {
    try {
      return tracefs
          .machine()
          .read(directory + "/" + chosen + "/filter")
          .strip()
          .replaceAll("\\s+", " ");
    } catch (IOException e) {
      return "no reason given";
    }
  }

  /** The text of each CPU's statistics. */
  String statsText(int cpu) throws IOException {
    return tracefs.machine().read(directory + "/per_cpu/cpu" + cpu + "/stats");
  }

  CpuStats stats(int cpu) throws IOException {
    return CpuStats.parse(cpu, statsText(cpu), directory + " cpu" + cpu, new IssueCounts());
  }

  /** Stops tracing and removes instance and kprobes; does nothing the second time. */
  @Override
  public synchronized void close() throws IOException {
    if (removed) {
      return;
    }
    removed = true;
    if (tracefs.machine().exists(directory)) {
      set("tracing_on", "0");
      set("events/enable", "0");
      removeDirectory();
    }
    removeKprobes();
  }

  /**
   * The kernel refuses while anybody has one of the instance's files open: a reader that is ending,
   * or the child of another thread between its fork and its exec.
   */
  private void removeDirectory() throws IOException {
    long start = System.nanoTime();
    while (true) {
      try {
        tracefs.machine().removeDirectory(directory);
        return;
      } catch (IOException e) {
        boolean retry = System.nanoTime() - start < BUSY_LIMIT.toNanos();
        if (!retry || Thread.currentThread().isInterrupted()) throw e;
        LockSupport.parkNanos(BUSY_RETRY.toNanos());
      }
    }
  }

  private void removeKprobes() throws IOException {
    for (String line : tracefs.read("kprobe_events").lines().toList()) {
      int colon = line.indexOf(':');
      int space = line.indexOf(' ');
      if (colon > 0 && space > colon && line.startsWith(group + "/", colon + 1)) {
        String removal = "-:" + line.substring(colon + 1, space) + "\n";
        tracefs.machine().append(tracefs.path("kprobe_events"), removal);
      }
    }
  }
}
