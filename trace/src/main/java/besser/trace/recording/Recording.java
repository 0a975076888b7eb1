package besser.trace.recording;

import besser.trace.EventSource;
import besser.trace.IssueCounts;
import besser.trace.SampleSource;
import besser.trace.TraceFormatException;
import besser.trace.dat.CpuStats;
import besser.trace.dat.PageDirectory;
import besser.trace.dat.TraceDat;
import besser.trace.perf.PerfData;
import besser.trace.perf.SymbolSources;
import besser.trace.ring.RingSource;
import besser.trace.text.FtraceText;
import besser.trace.text.PerfScriptText;
import besser.trace.text.TextForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A file or directory of any form that is read here, opened: trace.dat, raw pages, perf.data, the
 * text of {@code perf script}, {@code trace} and {@code trace-cmd report}.
 *
 * @param form what it is, for messages
 * @param events its events, where it holds any
 * @param samples its samples, where it holds any
 * @param stats what the kernel said of each CPU's buffer at the end; empty when not recorded
 * @param leftOut the other ring buffers with events that a trace.dat holds, by name
 * @param issues what was found wrong; grows while reading
 */
public record Recording(
    String form,
    Optional<EventSource> events,
    Optional<SampleSource> samples,
    List<CpuStats> stats,
    List<String> leftOut,
    IssueCounts issues,
    Runnable onClose)
    implements AutoCloseable {
  /** What the buffer that is no instance's is called. */
  public static final String TOP_BUFFER = "top";

  private static final int HEAD_BYTES = 1 << 16;
  // 0x17, 0x08, 'D', "tracing": what every trace.dat starts with
  private static final String TRACE_DAT = "\u0017\bDtracing";

  public Recording {
    stats = List.copyOf(stats);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Opens a recording.
   *
   * @param symbols where the addresses of a perf.data are looked up
   * @throws TraceFormatException when it is of no form that is read here, or its structure is
   *     damaged
   * @throws IOException when it cannot be read
   */
  public static Recording open(Path path, SymbolSources symbols) throws IOException {
    return open(path, symbols, Optional.empty());
  }

  /**
   * Opens a recording and reads one ring buffer of it.
   *
   * @param buffer the tracefs instance it was, or {@link #TOP_BUFFER}; the top one, or the first
   *     with events when that has none, unless it is given
   * @throws IllegalArgumentException when there is no such buffer; names those that are there
   */
  public static Recording open(Path path, SymbolSources symbols, Optional<String> buffer)
      throws IOException {
    if (buffer.isPresent() && !(Files.isRegularFile(path) && head(path).startsWith(TRACE_DAT))) {
      throw new IllegalArgumentException(
          "%s is no trace.dat and has no buffer %s".formatted(path, buffer.get()));
    }
    if (Files.isDirectory(path)) {
      PageDirectory pages = PageDirectory.open(path);
      return ofEvents("raw pages", pages.source(), pages.stats(), pages.issues(), pages::close);
    }
    String head = head(path);
    if (head.startsWith(TRACE_DAT)) {
      return traceDat(TraceDat.open(path), buffer);
    }
    if (head.startsWith("PERFILE2") || head.startsWith("2ELIFREP")) {
      return perfData(PerfData.open(path, symbols));
    }
    TextForm form =
        TextForm.of(head)
            .orElseThrow(
                () ->
                    new TraceFormatException(
                        path.toString(),
                        0,
                        "a trace.dat, a perf.data, or the text of perf script, of tracefs' trace or"
                            + " of trace-cmd report",
                        head.isEmpty() ? "an empty file" : "none of these"));
    return switch (form) {
      case FTRACE -> {
        FtraceText text = FtraceText.open(path);
        yield ofEvents("ftrace text", text, List.of(), text.issues(), text::close);
      }
      case PERF_SCRIPT -> {
        PerfScriptText text = PerfScriptText.open(path).cleaned();
        yield new Recording(
            "perf script text",
            Optional.empty(),
            Optional.of(text),
            List.of(),
            List.of(),
            text.issues(),
            text::close);
      }
    };
  }

  private static Recording traceDat(TraceDat dat, Optional<String> wanted) {
    try {
      TraceDat.Buffer buffer = wanted.map(name -> named(dat, name)).orElseGet(() -> shown(dat));
      String machine = dat.uname().isBlank() ? "" : " of " + dat.uname().strip();
      String instance = buffer.name().isEmpty() ? "" : ", buffer " + buffer.name();
      List<String> others =
          dat.buffers().stream()
              .filter(other -> !other.name().equals(buffer.name()) && hasPages(other.source()))
              .map(Recording::nameOf)
              .toList();
      return new Recording(
          "trace.dat version " + dat.version() + machine + instance,
          Optional.of(buffer.source()),
          Optional.empty(),
          buffer.stats(),
          others,
          dat.issues(),
          dat::close);
    } catch (RuntimeException e) {
      dat.close();
      throw e;
    }
  }

  private static TraceDat.Buffer named(TraceDat dat, String name) {
    return dat.buffers().stream()
        .filter(buffer -> nameOf(buffer).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no buffer %s; it has %s"
                        .formatted(
                            dat.name(),
                            name,
                            dat.buffers().stream()
                                .map(Recording::nameOf)
                                .collect(Collectors.joining(", ")))));
  }

  private static String nameOf(TraceDat.Buffer buffer) {
    return buffer.name().isEmpty() ? TOP_BUFFER : buffer.name();
  }

  /** The top buffer, or the first instance with pages when the top buffer has none. */
  private static TraceDat.Buffer shown(TraceDat dat) {
    return dat.buffers().stream()
        .filter(buffer -> hasPages(buffer.source()))
        .findFirst()
        .orElseGet(dat::mainBuffer);
  }

  private static boolean hasPages(RingSource source) {
    return source.cpuPages().stream()
        .anyMatch(
            cpu -> {
              try (var pages = cpu.open()) {
                return pages.next();
              }
            });
  }

  private static Recording ofEvents(
      String form, EventSource source, List<CpuStats> stats, IssueCounts issues, Runnable close) {
    return new Recording(
        form, Optional.of(source), Optional.empty(), stats, List.of(), issues, close);
  }

  private static Recording perfData(PerfData data) {
    // of a pipe, tracepoints are known only after the reading
    boolean tracepoints = !data.catalogue().formats().isEmpty();
    return new Recording(
        "perf.data",
        tracepoints ? Optional.of(data) : Optional.empty(),
        Optional.of(data),
        List.of(),
        List.of(),
        data.issues(),
        data::close);
  }

  private static String head(Path path) throws IOException {
    try (InputStream input = Files.newInputStream(path)) {
      return new String(input.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public void close() {
    onClose.run();
  }
}
