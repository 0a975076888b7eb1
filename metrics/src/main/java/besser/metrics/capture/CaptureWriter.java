package besser.metrics.capture;

import besser.metrics.Source;
import besser.metrics.Window;
import besser.metrics.measure.ByteSink;
import besser.metrics.measure.EnvironmentSink;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Writes the text tables of a capture's directory; trace and profile are their recorders' business.
 * Used by one thread.
 */
public final class CaptureWriter implements AutoCloseable {
  private final Path directory;
  private final BufferedWriter bytes;
  private final BufferedWriter environment;

  /** Starts the tables in a directory, which is made when it is not there. */
  @SuppressWarnings("MustBeClosedChecker") // closed with the writer
  public CaptureWriter(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.bytes = begin(CaptureFiles.BYTES, CaptureFiles.BYTES_HEADING);
    this.environment = begin(CaptureFiles.ENVIRONMENT, CaptureFiles.ENVIRONMENT_HEADING);
  }

  private BufferedWriter begin(String name, String heading) throws IOException {
    BufferedWriter writer = Files.newBufferedWriter(directory.resolve(name));
    writer.write(heading + "\n");
    return writer;
  }

  /** Where a file of the capture is. */
  public Path file(String name) {
    return directory.resolve(name);
  }

  /** Writes the stretches of time that figures are for. */
  public static void writeWindows(Path directory, List<Window> windows) throws IOException {
    StringBuilder text = new StringBuilder(CaptureFiles.WINDOWS_HEADING + "\n");
    for (Window window : windows) {
      if (window.name().matches(".*[,\\n\\r].*")) {
        throw new IllegalArgumentException(
            "a window's name must have no comma and no line end, got '" + window.name() + "'");
      }
      text.append(window.name()).append(',').append(window.startNanos()).append(',');
      text.append(window.length().toNanos()).append('\n');
    }
    Files.writeString(directory.resolve(CaptureFiles.WINDOWS), text);
  }

  /** Keeps the bytes that one end counts. */
  public ByteSink bytes(Source.End end) {
    String word = end.name().toLowerCase(Locale.ROOT);
    return (timeNanos, byteCount) -> line(bytes, timeNanos + "," + word + "," + byteCount);
  }

  /** Keeps series of the environment. */
  public EnvironmentSink environment() {
    return (series, timeNanos, value) -> line(environment, series + "," + timeNanos + "," + value);
  }

  private static void line(BufferedWriter to, String line) {
    try {
      to.write(line);
      to.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a capture's table", e);
    }
  }

  @Override
  public void close() throws IOException {
    try (environment) {
      bytes.close();
    }
  }
}
