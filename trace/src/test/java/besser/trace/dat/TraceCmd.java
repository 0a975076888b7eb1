package besser.trace.dat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the trace-cmd of this machine, the judge of what is written and read here. */
public final class TraceCmd {
  private TraceCmd() {}

  /** What a run printed. */
  public record Result(String out, String err) {}

  /** Runs {@code trace-cmd}; fails the test when it is missing or fails itself. */
  public static Result run(Path directory, String... arguments) {
    List<String> command = new ArrayList<>(List.of("trace-cmd"));
    command.addAll(List.of(arguments));
    try {
      Path out = Files.createTempFile(directory, "trace-cmd", ".out");
      Path err = Files.createTempFile(directory, "trace-cmd", ".err");
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " did not end within 120 s");
      }
      Result result =
          new Result(
              Files.readString(out, StandardCharsets.ISO_8859_1),
              Files.readString(err, StandardCharsets.ISO_8859_1));
      Files.delete(out);
      Files.delete(err);
      if (process.exitValue() != 0) {
        throw new AssertionError(command + " exits " + process.exitValue() + ": " + result.err());
      }
      return result;
    } catch (IOException e) {
      throw new AssertionError("trace-cmd cannot be run; install it (apt install trace-cmd)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** {@code trace-cmd report}'s lines without those before the first event. */
  public static List<String> report(Path file) {
    Result result = run(file.resolveSibling("").toAbsolutePath(), "report", "-i", file.toString());
    return result.out().lines().filter(line -> !line.startsWith("cpus=")).toList();
  }
}
