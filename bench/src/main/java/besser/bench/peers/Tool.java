package besser.bench.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that is measured.
 *
 * @param name how the table calls it
 * @param command what the shell runs; its output is discarded
 */
record Tool(String name, List<String> command) {
  Tool {
    command = List.copyOf(command);
  }

  /** Runs it once. */
  Timing.Run run() throws IOException, InterruptedException {
    Path times = Files.createTempFile("besser-times", "");
    try {
      String shell =
          "TIMEFORMAT='%R %U %S'; { time \"$@\" >/dev/null 2>/dev/null </dev/null; } 2>" + times;
      List<String> timed = new ArrayList<>(List.of("bash", "-c", shell, "bash"));
      timed.addAll(command);
      Process process = new ProcessBuilder(timed).inheritIO().start();
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(String.join(" ", command) + " exits " + status);
      }
      return Timing.Run.parse(Files.readString(times, StandardCharsets.US_ASCII));
    } finally {
      Files.delete(times);
    }
  }
}
