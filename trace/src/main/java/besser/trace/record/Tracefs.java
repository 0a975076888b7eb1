package besser.trace.record;

import besser.trace.dat.TraceMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The tracefs of a machine. */
public final class Tracefs {
  private static final String KALLSYMS = "/proc/kallsyms";

  private final TracedMachine machine;
  private final String root;
  private final String kallsyms;

  /** The tracefs at {@code root}, with the kernel's symbols in the file {@code kallsyms}. */
  public Tracefs(TracedMachine machine, String root, String kallsyms) {
    this.machine = machine;
    this.root = root;
    this.kallsyms = kallsyms;
  }

  /**
   * This machine's tracefs, mounted first if need be.
   *
   * @throws RecordingException when it cannot be mounted or is not readable
   */
  public static Tracefs mounted() throws RecordingException {
    return mounted(new ThisMachine());
  }

  /**
   * A machine's tracefs, mounted first if need be.
   *
   * @throws RecordingException when it cannot be mounted or is not readable
   */
  public static Tracefs mounted(TracedMachine machine) throws RecordingException {
    try {
      String root = machine.mountTracefs();
      if (!machine.exists(root + "/events/header_page")) {
        throw new RecordingException(
            root + " has no events; recording needs root and a kernel with tracing");
      }
      return new Tracefs(machine, root, KALLSYMS);
    } catch (IOException e) {
      throw new RecordingException("tracefs cannot be used: " + e.getMessage(), e);
    }
  }

  /** The machine it belongs to. */
  public TracedMachine machine() {
    return machine;
  }

  /** The absolute path of something in it, such as {@code events/header_page}. */
  public String path(String relative) {
    return root + "/" + relative;
  }

  /** The text of one of its files; empty when there is no such file. */
  public String read(String relative) throws IOException {
    return machine.read(path(relative));
  }

  /** The text of the kernel's symbols, as {@code /proc/kallsyms} shows them. */
  public String kallsyms() throws IOException {
    return machine.read(kallsyms);
  }

  /** The groups of events there are. */
  public SortedSet<String> systems() throws IOException {
    return machine.directories(path("events"));
  }

  /** The events of a group; empty when there is no such group. */
  public SortedSet<String> events(String system) throws IOException {
    return machine.directories(path("events/" + system));
  }

  /** The CPUs that have a buffer, ascending. */
  List<Integer> cpus(String instance) throws IOException {
    SortedSet<Integer> cpus = new TreeSet<>();
    for (String name : machine.directories(instance + "/per_cpu")) {
      if (name.matches("cpu\\d{1,6}")) {
        cpus.add(Integer.parseInt(name.substring(3)));
      }
    }
    return List.copyOf(cpus);
  }

  /**
   * The texts needed to read pages recorded now.
   *
   * @param systems the groups whose formats are wanted, beside ftrace's own
   * @param cmdlines task names in the form of {@code saved_cmdlines}
   * @param clock the trace clock's name
   */
  public TraceMetadata metadata(Collection<String> systems, String cmdlines, String clock)
      throws IOException {
    List<TraceMetadata.EventSystem> formats = new ArrayList<>();
    for (String system : new TreeSet<>(systems)) {
      if (!system.equals(TraceMetadata.FTRACE)) {
        formats.add(new TraceMetadata.EventSystem(system, formatsOf(system)));
      }
    }
    return new TraceMetadata(
        machine.order(),
        machine.longBytes(),
        read("events/header_page"),
        read("events/header_event"),
        formatsOf(TraceMetadata.FTRACE),
        formats,
        kallsyms(),
        read("printk_formats"),
        cmdlines,
        clock);
  }

  private List<String> formatsOf(String system) throws IOException {
    List<String> files =
        events(system).stream()
            .map(event -> path("events/" + system + "/" + event + "/format"))
            .toList();
    return machine.readAll(files).values().stream().filter(text -> !text.isEmpty()).toList();
  }
}
