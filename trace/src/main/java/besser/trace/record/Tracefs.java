package besser.trace.record;

import besser.trace.dat.TraceMetadata;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The kernel's tracefs, mounted at a directory. */
public final class Tracefs {
  private static final Path MOUNT_POINT = Path.of("/sys/kernel/tracing");
  private static final Path KALLSYMS = Path.of("/proc/kallsyms");
  private static final long MOUNT_SECONDS_LIMIT = 10;
  private static final int READ_BYTES = 1 << 16;

  private final Path root;
  private final Path kallsyms;

  /** The tracefs at {@code root}, with the kernel's symbols at {@code kallsyms}. */
  public Tracefs(Path root, Path kallsyms) {
    this.root = root;
    this.kallsyms = kallsyms;
  }

  /**
   * This machine's tracefs, mounted first if need be.
   *
   * @throws RecordingException when it cannot be mounted or is not readable
   */
  public static Tracefs mounted() throws RecordingException {
    if (!Files.exists(MOUNT_POINT.resolve("events"))) {
      mount();
    }
    if (!Files.exists(MOUNT_POINT.resolve("events"))) {
      throw new RecordingException(
          MOUNT_POINT + " has no events; recording needs root and a kernel with tracing");
    }
    return new Tracefs(MOUNT_POINT, KALLSYMS);
  }

  private static void mount() throws RecordingException {
    String command = "mount -t tracefs nodev " + MOUNT_POINT;
    try {
      Process mount = new ProcessBuilder(command.split(" ", -1)).redirectErrorStream(true).start();
      String said = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!mount.waitFor(MOUNT_SECONDS_LIMIT, TimeUnit.SECONDS) || mount.exitValue() != 0) {
        throw new RecordingException("'%s' failed: %s".formatted(command, said.strip()));
      }
    } catch (IOException e) {
      throw new RecordingException("'" + command + "' cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RecordingException("interrupted while mounting tracefs", e);
    }
  }

  /** Where it is mounted. */
  public Path root() {
    return root;
  }

  /** Where the kernel's symbols are. */
  Path kallsyms() {
    return kallsyms;
  }

  /** The groups of events there are. */
  public SortedSet<String> systems() throws IOException {
    return directories(root.resolve("events"));
  }

  /** The events of a group; empty when there is no such group. */
  public SortedSet<String> events(String system) throws IOException {
    Path directory = root.resolve("events").resolve(system);
    return Files.isDirectory(directory) ? directories(directory) : new TreeSet<>();
  }

  private static SortedSet<String> directories(Path parent) throws IOException {
    SortedSet<String> names = new TreeSet<>();
    try (Stream<Path> children = Files.list(parent)) {
      for (Path child : (Iterable<Path>) children::iterator) {
        if (Files.isDirectory(child)) {
          names.add(String.valueOf(child.getFileName()));
        }
      }
    }
    return names;
  }

  /** The CPUs that have a buffer, ascending. */
  public static List<Integer> cpus(Path instance) throws IOException {
    SortedSet<Integer> cpus = new TreeSet<>();
    for (String name : directories(instance.resolve("per_cpu"))) {
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
        ByteOrder.nativeOrder(),
        8,
        read(root.resolve("events/header_page")),
        read(root.resolve("events/header_event")),
        formatsOf(TraceMetadata.FTRACE),
        formats,
        read(kallsyms),
        read(root.resolve("printk_formats")),
        cmdlines,
        clock);
  }

  private List<String> formatsOf(String system) throws IOException {
    List<String> formats = new ArrayList<>();
    for (String event : events(system)) {
      Path format = root.resolve("events").resolve(system).resolve(event).resolve("format");
      if (Files.exists(format)) {
        formats.add(read(format));
      }
    }
    return formats;
  }

  /**
   * A file's text; the empty text when there is no such file. Read in large pieces: some files of
   * tracefs hand out their content in the first read or not at all (show_header).
   */
  static String read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[READ_BYTES];
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      int count;
      while ((count = in.read(piece)) > 0) {
        all.write(piece, 0, count);
      }
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /** Writes a control file in one call, as tracefs wants it. */
  static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1), StandardOpenOption.WRITE);
  }

  /** Appends to a control file, such as {@code kprobe_events}. */
  static void append(Path file, String text) throws IOException {
    Files.write(
        file,
        text.getBytes(StandardCharsets.ISO_8859_1),
        StandardOpenOption.WRITE,
        StandardOpenOption.APPEND);
  }
}
