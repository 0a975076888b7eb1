package besser.bench.peers;

import besser.experiment.plan.PlanReader;
import besser.metrics.MetricDefinition;
import besser.metrics.Source;
import besser.metrics.Unit;
import besser.metrics.capture.Analysis;
import besser.metrics.capture.Capture;
import besser.metrics.capture.TableKind;
import besser.trace.perf.SymbolSources;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * Reads a capture again and again in one JVM and prints what each reading took in seconds, by the
 * wall and in CPU time, opening and symbols included: what a reading takes once the JVM has started
 * and compiled.
 *
 * <p>Arguments: what to compute ({@code count}, {@code plan}, {@code share}, {@code functions}),
 * the capture, how often, the plan's file, and how many readings before are not printed.
 */
public final class Warm {
  private Warm() {}

  /** Reads and prints. */
  public static void main(String[] arguments) throws IOException {
    Analysis analysis = analysis(arguments);
    Path capture = Path.of(arguments[1]);
    SymbolSources symbols =
        SymbolSources.ofThisMachine().cleaned().withKallsyms(Path.of("/proc/kallsyms"));
    int unprinted = Integer.parseInt(arguments[4]);
    for (int i = -unprinted; i < Integer.parseInt(arguments[2]); i++) {
      long start = System.nanoTime();
      long cpuBefore = cpuNanos();
      int forms;
      try (Capture opened = Capture.open(capture, symbols)) {
        forms = analysis.of(opened).forms().size();
      }
      double wallSeconds = (System.nanoTime() - start) / 1e9;
      double cpuSeconds = (cpuNanos() - cpuBefore) / 1e9;
      if (i >= 0 && forms > 0) {
        System.out.printf(Locale.ROOT, "%.6f %.6f%n", wallSeconds, cpuSeconds);
      }
    }
  }

  /** CPU time of the process, the compiler's and the collector's included. */
  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static Analysis analysis(String[] arguments) {
    Source.Denominator all = Source.Denominator.ALL;
    EnumSet<TableKind> none = EnumSet.noneOf(TableKind.class);
    return switch (arguments[0]) {
      case "count" -> new Analysis(List.of(), EnumSet.of(TableKind.EVENTS), List.of(), all);
      case "functions" -> new Analysis(List.of(), EnumSet.of(TableKind.FUNCTIONS), List.of(), all);
      case "plan" -> new Analysis(ofPlan(Path.of(arguments[3])), none, List.of(), all);
      case "share" -> {
        Source share = new Source.SampleShare(Source.SampleMatch.SYMBOL, "schedule", all);
        MetricDefinition metric = new MetricDefinition("share", Unit.PERCENT, share);
        yield new Analysis(List.of(metric), none, List.of(), all);
      }
      default -> throw new IllegalArgumentException("cannot compute " + arguments[0]);
    };
  }

  private static List<MetricDefinition> ofPlan(Path plan) {
    return PlanReader.read(plan).plan().metrics().stream()
        .filter(metric -> !metric.overRepetitions())
        .map(metric -> new MetricDefinition(metric.id(), metric.unit(), metric.source()))
        .toList();
  }
}
