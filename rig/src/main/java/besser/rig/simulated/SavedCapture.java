package besser.rig.simulated;

import besser.kernel.KernelFunction;
import besser.kernel.machine.LogLine;
import besser.kernel.machine.Machine;
import besser.kernel.observe.Symbols;
import besser.kernel.observe.Tracepoint;
import besser.metrics.Source;
import besser.metrics.Window;
import besser.metrics.capture.CaptureFiles;
import besser.metrics.capture.CaptureWriter;
import besser.metrics.measure.ByteSink;
import besser.metrics.measure.EnvironmentSink;
import besser.trace.SampleSink;
import besser.trace.dat.Compression;
import besser.trace.dat.TraceDatSink;
import besser.trace.dat.TraceMetadata;
import besser.trace.dat.WriteOptions;
import besser.trace.export.PerfScriptWriter;
import besser.trace.format.FormatText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps all that was measured in a repetition as a capture's directory, for other tools to open.
 */
final class SavedCapture implements AutoCloseable {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final String CLOCK = "mono";

  private final Path directory;
  private final Machine machine;
  private final TraceDatSink trace;
  private final PerfScriptWriter profile;
  private final CaptureWriter tables;
  private boolean whole;

  /**
   * Starts a capture of every event the machine has declared by now.
   *
   * @param device what is simulated, as the user named it
   */
  SavedCapture(Path directory, String device, Machine machine, KernelEvents events) {
    this.directory = directory;
    this.machine = machine;
    String origin = "simulated " + device;
    try {
      this.tables = new CaptureWriter(directory);
      this.profile = new PerfScriptWriter(directory.resolve(CaptureFiles.PERF_SCRIPT), origin);
      this.trace =
          new TraceDatSink(
              directory.resolve(CaptureFiles.TRACE),
              TraceMetadata.ofMadeUpMachine(formats(machine, events), "", CLOCK),
              new WriteOptions(7, Compression.ZSTD, origin, "besser", 0));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + directory, e);
    }
    for (Tracepoint point : machine.tracepoints().all()) {
      events.enable(point.qualifiedName(), trace);
    }
  }

  private static List<TraceMetadata.EventSystem> formats(Machine machine, KernelEvents events) {
    Map<String, List<String>> bySystem = new TreeMap<>();
    for (Tracepoint point : machine.tracepoints().all()) {
      bySystem
          .computeIfAbsent(point.system(), system -> new ArrayList<>())
          .add(FormatText.of(events.format(point)));
    }
    List<TraceMetadata.EventSystem> systems = new ArrayList<>();
    bySystem.forEach((name, texts) -> systems.add(new TraceMetadata.EventSystem(name, texts)));
    return systems;
  }

  SampleSink samples() {
    return profile;
  }

  ByteSink bytes() {
    return tables.bytes(Source.End.RECEIVER);
  }

  EnvironmentSink environment() {
    return tables.environment();
  }

  /** Writes what is known at the end; from then on the capture is whole. */
  void finish(List<Window> windows) {
    try {
      CaptureWriter.writeWindows(directory, windows);
      List<String> log = new ArrayList<>();
      for (LogLine line : machine.log()) {
        log.add(
            String.format(
                Locale.ROOT,
                "[%5d.%09d] %s",
                line.timeNanos() / NANOS_PER_SECOND,
                line.timeNanos() % NANOS_PER_SECOND,
                line.message()));
      }
      Files.write(directory.resolve(CaptureFiles.KERNEL_LOG), log);
      trace.setKallsyms(kallsyms());
      whole = true;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + directory, e);
    }
  }

  private String kallsyms() {
    Symbols symbols = machine.symbols();
    List<KernelFunction> functions = new ArrayList<>(symbols.all());
    functions.sort(Comparator.comparing(symbols::addressOf, Long::compareUnsigned));
    StringBuilder text = new StringBuilder();
    for (KernelFunction function : functions) {
      text.append(String.format(Locale.ROOT, "%016x t ", symbols.addressOf(function)));
      text.append(function.name());
      if (!function.module().equals("vmlinux")) {
        text.append("\t[").append(function.module()).append(']');
      }
      text.append('\n');
    }
    return text.toString();
  }

  @Override
  public void close() {
    try (profile;
        tables) {
      trace.close();
      if (!whole) {
        Files.deleteIfExists(directory.resolve(CaptureFiles.TRACE));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + directory, e);
    }
  }
}
