package besser.trace.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the real perf: it makes the recordings the tests read and says what is in them. */
final class PerfTool {
  /** Kernel and user time, many processes, mappings that come and go. */
  static final String WORKLOAD =
      "for i in 1 2 3 4 5 6; do ls -lR /usr/include > /dev/null; done;"
          + " dd if=/dev/zero bs=512 count=200000 2>/dev/null | md5sum > /dev/null";

  private static final Pattern SAMPLE =
      Pattern.compile(
          "\\s*(.*?)\\s+(-?\\d+)/(-?\\d+)\\s+\\[(\\d+)]\\s+(\\d+)\\.(\\d{9}):\\s+(\\d+)\\s+"
              + "(\\S+?):\\s*([0-9a-f]+) (.*?)(?: \\((.*)\\))?\\s*");

  private PerfTool() {}

  /** Everything perf prints of one sample but its chain. */
  record PrintedSample(
      String comm,
      int pid,
      int tid,
      int cpu,
      long timeNanos,
      long period,
      String event,
      long address,
      String symbol,
      String module) {}

  /** Records the workload; {@code options} are those of {@code perf record}. */
  static Path record(Path directory, String name, String... options) throws IOException {
    return recordWhile(WORKLOAD, directory, name, options);
  }

  /** Records a machine that we give nothing to do. */
  static Path recordIdle(Path directory, String name, String... options) throws IOException {
    return recordWhile("sleep 0.4", directory, name, options);
  }

  private static Path recordWhile(String workload, Path directory, String name, String... options)
      throws IOException {
    Path file = directory.resolve(name);
    List<String> command =
        new ArrayList<>(List.of("perf", "record", "-m", "4M", "-o", file.toString()));
    command.addAll(List.of(options));
    command.addAll(List.of("--", "sh", "-c", workload));
    run(command, ProcessBuilder.Redirect.DISCARD);
    return file;
  }

  /** Records the workload into a pipe, of which the file is a copy. */
  static Path recordPipe(Path directory, String name, String... options) throws IOException {
    Path file = directory.resolve(name);
    List<String> command = new ArrayList<>(List.of("perf", "record", "-m", "4M", "-o", "-"));
    command.addAll(List.of(options));
    command.addAll(List.of("--", "sh", "-c", WORKLOAD));
    run(command, ProcessBuilder.Redirect.to(file.toFile()));
    return file;
  }

  private static void run(List<String> command, ProcessBuilder.Redirect output) throws IOException {
    Path errors = Files.createTempFile("perf", "errors");
    try {
      Process process =
          new ProcessBuilder(command).redirectOutput(output).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      assertEquals(0, exitOf(process), command + " failed: " + Files.readString(errors));
    } finally {
      Files.delete(errors);
    }
  }

  private static int exitOf(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** All samples as {@code perf script} prints them, in its order. */
  static List<PrintedSample> samples(Path file) throws IOException {
    List<PrintedSample> samples = new ArrayList<>();
    for (String line :
        script(file, "-G", "--ns", "-F", "comm,pid,tid,cpu,time,period,event,ip,sym,dso")) {
      if (!line.isBlank()) {
        samples.add(parse(line));
      }
    }
    return samples;
  }

  private static PrintedSample parse(String line) {
    Matcher matcher = SAMPLE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("perf printed: " + line);
    }
    return new PrintedSample(
        matcher.group(1),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)),
        Integer.parseInt(matcher.group(4)),
        Long.parseLong(matcher.group(5)) * 1_000_000_000 + Long.parseLong(matcher.group(6)),
        Long.parseLong(matcher.group(7)),
        matcher.group(8),
        Long.parseUnsignedLong(matcher.group(9), 16),
        matcher.group(10),
        matcher.group(11));
  }

  /** The lines of {@code perf script}. */
  static List<String> script(Path file, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("perf", "script", "--no-demangle", "-f"));
    command.addAll(List.of("-i", file.toString()));
    command.addAll(List.of(options));
    return lines(command);
  }

  static List<String> lines(List<String> command) throws IOException {
    Path errors = Files.createTempFile("perf", "errors");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      List<String> lines;
      try (BufferedReader reader = process.inputReader()) {
        lines = reader.readAllLines();
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      assertEquals(0, exitOf(process), command + " failed: " + Files.readString(errors));
      return lines;
    } finally {
      Files.delete(errors);
    }
  }
}
