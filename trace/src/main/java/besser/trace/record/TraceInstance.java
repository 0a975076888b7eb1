package besser.trace.record;

import besser.trace.IssueCounts;
import besser.trace.dat.CpuStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A tracefs instance of our own, so that nobody else's tracing is touched, with the kprobes that
 * belong to it. Closing it removes all from the kernel again.
 */
final class TraceInstance implements AutoCloseable {
  private static final AtomicInteger NEXT_NUMBER = new AtomicInteger();

  private final Tracefs tracefs;
  private final Path directory;
  private final String group;
  private boolean removed;

  private TraceInstance(Tracefs tracefs, Path directory, String group) {
    this.tracefs = tracefs;
    this.directory = directory;
    this.group = group;
  }

  /** Creates an instance; it records nothing yet. */
  static TraceInstance create(Tracefs tracefs) throws RecordingException {
    try {
      String name = InstanceName.ofThisProcess(NEXT_NUMBER.incrementAndGet()).toString();
      Path directory = tracefs.root().resolve("instances").resolve(name);
      Files.createDirectory(directory);
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
    try (Stream<Path> children = Files.list(tracefs.root().resolve("instances"))) {
      for (Path child : (Iterable<Path>) children::iterator) {
        String name = String.valueOf(child.getFileName());
        Optional<InstanceName> parsed = InstanceName.parse(name);
        if (parsed.isPresent() && !parsed.get().isInUse()) {
          new TraceInstance(tracefs, child, name).close();
          removed.add(name);
        }
      }
    } catch (IOException e) {
      throw new RecordingException("stale tracefs instances cannot be removed", e);
    }
    return removed;
  }

  Path directory() {
    return directory;
  }

  /** The group our kprobes' events are in. */
  String group() {
    return group;
  }

  /** Writes one of the instance's control files. */
  void set(String file, String value) throws IOException {
    Tracefs.write(directory.resolve(file), value);
  }

  /** Places a probe; its event is {@code group:event} from then on. */
  void addKprobe(KprobeChoice kprobe) throws RecordingException {
    char kind = kprobe.where() == KprobeChoice.Where.ENTRY ? 'p' : 'r';
    String line = "%c:%s/%s %s\n".formatted(kind, group, kprobe.event(), kprobe.symbol());
    try {
      Tracefs.append(tracefs.root().resolve("kprobe_events"), line);
    } catch (IOException e) {
      throw new RecordingException(
          "kprobe '%s' is refused by the kernel: %s".formatted(line.strip(), e.getMessage()), e);
    }
  }

  /** Enables one event or all of a group, with a filter. */
  void enable(EventChoice choice) throws RecordingException {
    Path events = directory.resolve("events").resolve(choice.system());
    Path chosen = choice.event().isEmpty() ? events : events.resolve(choice.event());
    try {
      if (!choice.filter().isEmpty()) {
        Tracefs.write(chosen.resolve("filter"), choice.filter());
      }
    } catch (IOException e) {
      throw new RecordingException(
          "filter '%s' of %s is refused by the kernel: %s"
              .formatted(choice.filter(), choice.name(), filterError(chosen)),
          e);
    }
    try {
      Tracefs.write(chosen.resolve("enable"), "1");
    } catch (IOException e) {
      throw new RecordingException(
          "event %s cannot be enabled: %s".formatted(choice.name(), e.getMessage()), e);
    }
  }

  /** What the kernel left in the filter file about its refusal, in one line. */
  private static String filterError(Path chosen) {
    try {
      return Tracefs.read(chosen.resolve("filter")).strip().replaceAll("\\s+", " ");
    } catch (IOException e) {
      return "no reason given";
    }
  }

  /** The text of each CPU's statistics. */
  String statsText(int cpu) throws IOException {
    return Tracefs.read(directory.resolve("per_cpu").resolve("cpu" + cpu).resolve("stats"));
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
    if (Files.exists(directory)) {
      set("tracing_on", "0");
      set("events/enable", "0");
      Files.delete(directory);
    }
    removeKprobes();
  }

  private void removeKprobes() throws IOException {
    Path kprobes = tracefs.root().resolve("kprobe_events");
    for (String line : Tracefs.read(kprobes).lines().toList()) {
      int colon = line.indexOf(':');
      int space = line.indexOf(' ');
      if (colon > 0 && space > colon && line.startsWith(group + "/", colon + 1)) {
        Tracefs.append(kprobes, "-:" + line.substring(colon + 1, space) + "\n");
      }
    }
  }
}
