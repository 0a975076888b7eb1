package besser.trace.record;

import besser.trace.ring.PageStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.BooleanSupplier;

/**
 * The machine whose kernel is traced, as far as recording needs it: this one ({@link ThisMachine}),
 * or another at the end of a connection. Paths are absolute, on that machine.
 *
 * <p>A failure of the machine is an {@link IOException} that names the path; one of the connection
 * may be a subclass of it. Methods may be called from several threads.
 */
public interface TracedMachine {
  /** Where tracefs is; mounts it first if need be. */
  String mountTracefs() throws IOException;

  /** Whether there is a file or directory. */
  boolean exists(String path) throws IOException;

  /**
   * A file's whole text as ISO 8859-1; the empty text when there is no such file. To be read in
   * large pieces: some files of tracefs hand out their content in the first read or not at all
   * (show_header).
   */
  String read(String file) throws IOException;

  /** The texts of several files in their order; for connections that can ask for all at once. */
  default Map<String, String> readAll(List<String> files) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String file : files) {
      texts.put(file, read(file));
    }
    return texts;
  }

  /** Writes a control file in one call, as tracefs wants it. */
  void write(String file, String text) throws IOException;

  /** Appends to a control file, such as {@code kprobe_events}. */
  void append(String file, String text) throws IOException;

  /** The names of the directories in a directory; none when there is no such directory. */
  SortedSet<String> directories(String path) throws IOException;

  /** Makes a directory; fails when it exists. */
  void createDirectory(String path) throws IOException;

  /** Removes a directory; one of tracefs may have content, which goes with it. */
  void removeDirectory(String path) throws IOException;

  /** Names of the threads alive now, by id. */
  SortedMap<Integer, String> threadNames() throws IOException;

  /**
   * The process on that machine that lives as long as the recording wants its instance kept: this
   * one, or the connection's shell. Instances whose holder is gone are removed by later runs.
   */
  long holderPid() throws IOException;

  /** Byte order of the kernel. */
  ByteOrder order();

  /** Size of the kernel's {@code long}: 4 or 8 bytes. */
  int longBytes();

  /**
   * Streams the pages of one {@code trace_pipe_raw}. {@link PageStream#next} waits for a page while
   * {@code stopped} is false, and ends only when recording has stopped and the buffer is read
   * empty. A read of 0 bytes before is not the end. Opened, read and closed by one thread. On this
   * machine, a {@code stopped} that is always true makes it hand out what there is now, and go on
   * when it is asked again.
   *
   * @throws java.io.UncheckedIOException from {@link PageStream#next} when reading fails
   */
  PageStream openPages(String traceRaw, int pageBytes, BooleanSupplier stopped) throws IOException;
}
