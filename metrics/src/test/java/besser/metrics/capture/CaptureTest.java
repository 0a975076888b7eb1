package besser.metrics.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.metrics.CaptureKind;
import besser.metrics.Figure;
import besser.metrics.MetricDefinition;
import besser.metrics.Quality;
import besser.metrics.Source;
import besser.metrics.Unit;
import besser.metrics.Window;
import besser.metrics.WindowFigures;
import besser.trace.TraceFormatException;
import besser.trace.perf.SymbolSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {
  private static final long SECOND = 1_000_000_000L;
  private static final List<MetricDefinition> METRICS =
      List.of(
          new MetricDefinition(
              "goodput", Unit.BYTES_PER_SECOND, new Source.Goodput(Source.End.RECEIVER)),
          new MetricDefinition(
              "busy", Unit.PERCENT, new Source.Series("cpu.busy", Source.Statistic.MEAN)),
          new MetricDefinition("survival", Unit.COUNT, new Source.Link(Source.LinkAspect.SURVIVAL)),
          new MetricDefinition(
              "starts",
              Unit.PER_SECOND,
              new Source.EventRate(
                  "workqueue:workqueue_execute_start", Optional.empty(), Source.Per.SECOND)),
          new MetricDefinition(
              "unlock",
              Unit.PERCENT,
              new Source.SampleShare(
                  Source.SampleMatch.SYMBOL,
                  "_raw_spin_unlock_irqrestore",
                  Source.Denominator.ALL)));

  private static final String TRACE =
      """
      # tracer: nop
           kworker/0:1-45      [000] .....   100.000000: workqueue_execute_start: work=1 function=f
           kworker/1:1-46      [001] .....   100.500000: workqueue_execute_start: work=2 function=g
           kworker/1:1-46      [001] .....   101.500000: workqueue_execute_start: work=2 function=g
      """;

  private static final String SCRIPT =
      """
      sh 7/7 [000] 100.100000000:     250000 cpu-clock:
      \tffffffff81000010 _raw_spin_unlock_irqrestore ([kernel.kallsyms])

      sh 7/7 [000] 100.200000000:     250000 cpu-clock:
      \tffffffff81000020 schedule ([kernel.kallsyms])

      """;

  @TempDir Path directory;

  private static CaptureFigures read(Path path, List<Step> steps, TableKind... tables)
      throws IOException {
    Set<TableKind> wanted = EnumSet.noneOf(TableKind.class);
    wanted.addAll(List.of(tables));
    Analysis analysis = new Analysis(METRICS, wanted, steps, Source.Denominator.ALL);
    try (Capture capture = Capture.open(path, SymbolSources.none())) {
      return analysis.of(capture);
    }
  }

  private void writeTables() throws IOException {
    try (CaptureWriter writer = new CaptureWriter(directory)) {
      writer.bytes(Source.End.RECEIVER).bytes(100 * SECOND, 3000);
      writer.bytes(Source.End.RECEIVER).bytes(101 * SECOND, 1000);
      writer.environment().value("cpu.busy", 100 * SECOND, 0.25);
      writer.environment().value("cpu.busy", 101 * SECOND, 0.75);
    }
    CaptureWriter.writeWindows(
        directory,
        List.of(
            new Window("first", 100 * SECOND, Duration.ofSeconds(1)),
            new Window("second", 101 * SECOND, Duration.ofSeconds(1))));
    Files.writeString(
        directory.resolve(CaptureFiles.KERNEL_LOG),
        "[  101.500000] wlan0: deauthenticated from 00:11:22:33:44:55\n");
  }

  private static double value(WindowFigures figures, String metric) {
    return figures.find(metric).orElseThrow().value().orElseThrow();
  }

  @Test
  void readsADirectoryOfTablesAndRecordingsIntoItsOwnWindows() throws IOException {
    writeTables();
    Files.writeString(directory.resolve(CaptureFiles.PERF_SCRIPT), SCRIPT);
    CaptureFigures figures = read(directory, List.of(), TableKind.FUNCTIONS);
    WindowFigures first = figures.windows().get(0);
    WindowFigures second = figures.windows().get(1);
    assertEquals("first", first.window().name());
    assertEquals(3000, value(first, "goodput"));
    assertEquals(1000, value(second, "goodput"));
    assertEquals(25, value(first, "busy"));
    assertEquals(75, value(second, "busy"));
    assertEquals(50, value(first, "unlock"));
    assertEquals(1, value(first, "survival"));
    assertEquals(0, value(second, "survival"));
    assertEquals(2, figures.functions().orElseThrow().samples());
    Figure starts = first.find("starts").orElseThrow();
    assertTrue(starts.quality() instanceof Quality.Missing, starts::toString);
  }

  @Test
  void takesAllOfACaptureThatSaysNothingOfWindows() throws IOException {
    Path file = Files.writeString(directory.resolve("trace.txt"), TRACE);
    CaptureFigures figures = read(file, List.of(), TableKind.EVENTS);
    WindowFigures whole = figures.windows().getFirst();
    assertEquals(1_500_000_001L, whole.window().length().toNanos());
    assertEquals(2.0, value(whole, "starts"), 1e-6);
    assertEquals(3, figures.events().orElseThrow().count());
  }

  @Test
  void givesFiguresForStepsFromTheFirstEvent() throws IOException {
    Path file = Files.writeString(directory.resolve("trace.txt"), TRACE);
    List<Step> steps =
        List.of(
            new Step("late", Duration.ofSeconds(1), Duration.ofSeconds(1)),
            new Step("early", Duration.ZERO, Duration.ofSeconds(1)));
    CaptureFigures figures = read(file, steps);
    assertEquals("early", figures.windows().get(0).window().name());
    assertEquals(2, value(figures.windows().get(0), "starts"));
    assertEquals(1, value(figures.windows().get(1), "starts"));
  }

  @Test
  void knowsWhatACaptureHolds() throws IOException {
    writeTables();
    try (Capture capture = Capture.open(directory, SymbolSources.none())) {
      assertEquals(
          EnumSet.of(CaptureKind.GOODPUT, CaptureKind.ENVIRONMENT, CaptureKind.KERNEL_LOG),
          capture.kinds());
    }
  }

  @Test
  void refusesADamagedTableWithItsPlace() throws IOException {
    writeTables();
    Files.writeString(
        directory.resolve(CaptureFiles.BYTES), "time_ns,end,bytes\n1,receiver,2\n3,nobody,4\n");
    TraceFormatException e =
        assertThrows(TraceFormatException.class, () -> read(directory, List.of()));
    assertTrue(String.valueOf(e.getMessage()).contains("3,nobody,4"), e.getMessage());
    Files.writeString(directory.resolve(CaptureFiles.BYTES), "1,receiver,2\n");
    e = assertThrows(TraceFormatException.class, () -> read(directory, List.of()));
    assertTrue(String.valueOf(e.getMessage()).contains("time_ns,end,bytes"), e.getMessage());
  }
}
