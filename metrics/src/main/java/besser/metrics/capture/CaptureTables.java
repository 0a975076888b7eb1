package besser.metrics.capture;

import besser.metrics.Source;
import besser.metrics.Window;
import besser.metrics.measure.ByteSink;
import besser.metrics.measure.EnvironmentSink;
import besser.metrics.measure.LogSink;
import besser.trace.TraceFormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text tables of a capture's directory. */
final class CaptureTables {
  private static final Pattern LOG_LINE = Pattern.compile("\\[ *(\\d{1,9})\\.(\\d{1,9})] ?(.*)");
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** Takes the cells of a row. */
  private interface Row {
    void take(List<String> cells);
  }

  private CaptureTables() {}

  static List<Window> windows(Path file) throws IOException {
    List<Window> windows = new ArrayList<>();
    rows(
        file,
        CaptureFiles.WINDOWS_HEADING,
        cells -> {
          Duration length = Duration.ofNanos(Long.parseLong(cells.get(2)));
          windows.add(new Window(cells.get(0), Long.parseLong(cells.get(1)), length));
        });
    return windows;
  }

  static void bytes(Path file, Function<Source.End, ByteSink> sinks) throws IOException {
    rows(
        file,
        CaptureFiles.BYTES_HEADING,
        cells -> {
          Source.End end = Source.End.valueOf(cells.get(1).toUpperCase(Locale.ROOT));
          sinks.apply(end).bytes(Long.parseLong(cells.get(0)), Integer.parseInt(cells.get(2)));
        });
  }

  static void environment(Path file, EnvironmentSink sink) throws IOException {
    rows(
        file,
        CaptureFiles.ENVIRONMENT_HEADING,
        cells ->
            sink.value(
                cells.get(0), Long.parseLong(cells.get(1)), Double.parseDouble(cells.get(2))));
  }

  static void kernelLog(Path file, LogSink sink) throws IOException {
    long nanos = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        Matcher stamped = LOG_LINE.matcher(line);
        if (stamped.matches()) {
          String fraction = (stamped.group(2) + "00000000").substring(0, 9);
          nanos = Long.parseLong(stamped.group(1)) * NANOS_PER_SECOND + Long.parseLong(fraction);
        }
        // a line without a stamp goes on with the message before it
        sink.line(nanos, stamped.matches() ? stamped.group(3) : line);
      }
    }
  }

  private static void rows(Path file, String heading, Row row) throws IOException {
    int columns = heading.split(",", -1).length;
    long offset = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String first = reader.readLine();
      if (first == null || !first.equals(heading)) {
        throw new TraceFormatException(file.toString(), 0, "the heading " + heading, "" + first);
      }
      offset += first.length() + 1;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        List<String> cells = List.of(line.split(",", -1));
        try {
          if (cells.size() != columns) {
            throw new IllegalArgumentException(cells.size() + " columns");
          }
          row.take(cells);
        } catch (IllegalArgumentException | ArithmeticException e) {
          throw new TraceFormatException(
              file.toString(), offset, "a row of " + heading, line + " (" + e.getMessage() + ")");
        }
        offset += line.length() + 1;
      }
    }
  }
}
