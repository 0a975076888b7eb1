package besser.rig.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.PlanReader;
import besser.metrics.Figure;
import besser.metrics.MetricDefinition;
import besser.metrics.Quality;
import besser.metrics.SecondSeries;
import besser.metrics.Source;
import besser.metrics.WindowFigures;
import besser.metrics.capture.Analysis;
import besser.metrics.capture.Capture;
import besser.metrics.capture.CaptureFigures;
import besser.metrics.capture.TableKind;
import besser.rig.device.Progress;
import besser.rig.execution.Execution;
import besser.rig.execution.NewRun;
import besser.rig.execution.RunRequest;
import besser.rig.run.FigureRecord;
import besser.rig.run.Journal;
import besser.rig.run.RepetitionId;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import besser.rig.run.SeriesRecord;
import besser.rig.run.StepRecord;
import besser.trace.perf.SymbolSources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose captures are kept, held against the figures it had in memory. */
class SavedCaptureTest {
  private static final int DIVISOR = 900;
  private static final LoadedPlan PLAN = PlanReader.read(Path.of("..", "plans", "patch-c.yaml"));
  private static final Path PROFILE = Path.of("..", "profiles", "pinetab2.yaml");

  private static final class Quiet implements Progress {
    @Override
    public void at(RepetitionId repetition, String step, double done, double total) {
      // nobody watches
    }

    @Override
    public boolean stopRequested() {
      return false;
    }
  }

  private static RunDirectory run(Path root) throws Exception {
    SimulatedDevice device = new SimulatedDevice("sim:pinetab2", PROFILE).keepingTraces();
    RunRequest request =
        new RunRequest(
            List.of("relay", "direct"), 1, 1, DIVISOR, Optional.empty(), "0.1.0", "a test");
    RunDirectory run = NewRun.begin(root, PLAN, device, request);
    try (Journal journal = run.openJournal();
        device) {
      new Execution(run, PLAN.plan(), device).run(journal, new Quiet());
    }
    return run;
  }

  private static CaptureFigures figures(Path capture) throws IOException {
    List<MetricDefinition> metrics =
        PLAN.plan().metrics().stream()
            .filter(metric -> !metric.overRepetitions())
            .map(metric -> new MetricDefinition(metric.id(), metric.unit(), metric.source()))
            .toList();
    EnumSet<TableKind> tables = EnumSet.of(TableKind.EVENTS);
    Analysis analysis = new Analysis(metrics, tables, List.of(), Source.Denominator.NON_IDLE);
    try (Capture opened = Capture.open(capture, SymbolSources.none())) {
      return analysis.of(opened);
    }
  }

  private static Map<String, Double> recorded(StepRecord step) {
    Map<String, Double> values = new TreeMap<>();
    for (FigureRecord figure : step.figures()) values.put(figure.metric(), figure.value());
    return values;
  }

  /** The same metrics of the window, by the names the record has. */
  private static Map<String, Double> ofFile(WindowFigures window, Iterable<String> wanted) {
    Map<String, Double> values = new TreeMap<>();
    for (String metric : wanted) {
      Figure figure = window.find(metric).orElseThrow();
      assertTrue(figure.quality() instanceof Quality.Sound, figure::toString);
      values.put(metric, figure.value().orElseThrow());
    }
    return values;
  }

  @Test
  void givesTheSameFiguresThroughFilesAsInMemory(@TempDir Path dir) throws Exception {
    RunDirectory run = run(dir.resolve("run"));
    assertEquals(2, run.repetitions().size());
    for (RepetitionRecord record : run.repetitions()) {
      Path capture = run.repetitionFolder(record.id()).resolve("capture");
      CaptureFigures figures = figures(capture);
      // a simulated CPU may run some microseconds ahead of the interrupt that then strikes it
      assertEquals(
          List.of(),
          figures.remarks().stream()
              .filter(remark -> !remark.contains("time going backwards"))
              .toList());
      assertEquals(PLAN.plan().protocol().ramp().size(), figures.windows().size());
      for (int i = 0; i < record.steps().size(); i++) {
        StepRecord step = record.steps().get(i);
        WindowFigures window = figures.windows().get(i);
        assertEquals(step.step(), window.window().name());
        Map<String, Double> inMemory = recorded(step);
        assertTrue(inMemory.size() > 10, inMemory::toString);
        Map<String, Double> ofFile = ofFile(window, inMemory.keySet());
        for (String metric : inMemory.keySet()) {
          double expected = inMemory.getOrDefault(metric, Double.NaN);
          assertEquals(
              expected,
              ofFile.getOrDefault(metric, Double.NaN),
              tolerance(metric, expected),
              record.id() + " " + step.step() + " " + metric);
        }
        for (SeriesRecord series : step.series()) {
          SecondSeries second = window.findSeries(series.name()).orElseThrow();
          assertEquals(series.values().getFirst(), second.value(0), 0.001, series.name());
        }
      }
      assertEquals(figures.events().orElseThrow().count(), linesOfTraceCmd(capture, dir));
    }
  }

  /**
   * None, but for durations over CPUs: in memory, events come in the order in which the machine
   * computes them, and a CPU may be computed some microseconds ahead of another. A work item that
   * is queued again just as it starts pairs the other way round then.
   */
  private static double tolerance(String metric, double value) {
    return PLAN.plan().metric(metric).source() instanceof Source.PairedDuration ? value * 0.05 : 0;
  }

  /** What trace-cmd prints, a line an event; fails when it is missing or complains. */
  private static long linesOfTraceCmd(Path capture, Path scratch) throws Exception {
    Path out = scratch.resolve("report");
    Path err = scratch.resolve("complaints");
    int status =
        new ProcessBuilder("trace-cmd", "report", "-i", capture.resolve("trace.dat").toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    assertEquals("", Files.readString(err, StandardCharsets.ISO_8859_1));
    assertEquals(0, status);
    try (var lines = Files.lines(out, StandardCharsets.ISO_8859_1)) {
      return lines.filter(line -> !line.startsWith("cpus=")).count();
    }
  }
}
