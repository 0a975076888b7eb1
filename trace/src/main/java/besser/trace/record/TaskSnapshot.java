package besser.trace.record;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names of the tasks seen while recording. The kernel saves only 128 by default, and its number is
 * shared by everybody who traces, so tasks alive at start and end are asked of {@code /proc}.
 */
final class TaskSnapshot {
  private static final Path PROC = Path.of("/proc");

  private final Map<Integer, String> names = new TreeMap<>();

  /** Takes in the tasks alive now; names taken before stay. */
  void addRunning() throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        addThreads(process);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void addThreads(Path process) {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path thread : threads) {
        int tid = Integer.parseInt(String.valueOf(thread.getFileName()));
        names.putIfAbsent(tid, Files.readString(thread.resolve("comm")).stripTrailing());
      }
    } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
      // tasks end while they are listed; the ones that did are not alive now
      return;
    }
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
