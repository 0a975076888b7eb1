package besser.cli;

import besser.experiment.plan.Metric;
import besser.experiment.plan.MetricExpression;
import besser.experiment.plan.PlanReader;
import besser.metrics.MetricDefinition;
import besser.metrics.Source;
import besser.metrics.capture.Analysis;
import besser.metrics.capture.Step;
import besser.metrics.capture.TableKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What to compute from captures: the options that {@code metrics} and {@code capture} share. */
final class CaptureOptions {
  private static final Pattern STEP = Pattern.compile("([^=]+)=([0-9.]+)\\+([0-9.]+)");

  @Option(
      names = "--plan",
      paramLabel = "PLAN",
      description = "the metrics of a plan: a name in plans/, or a .yaml file")
  private Optional<String> plan = Optional.empty();

  @Option(
      names = "--metric",
      paramLabel = "EXPR",
      description = {
        "a metric: an event's name for its rate, or what a plan writes as a source,",
        "optionally named: 'rx = event: sched:sched_wakeup, where: prio < 100, per: second'"
      })
  private List<String> metrics = List.of();

  @Option(
      names = "--table",
      split = ",",
      paramLabel = "TABLE",
      description = "tables over the whole capture: ${COMPLETION-CANDIDATES}")
  private List<TableKind> tables = List.of();

  @Option(
      names = "--step",
      paramLabel = "NAME=START+LENGTH",
      description = "give figures for a stretch, in seconds from the first event: load=60+600")
  private List<String> steps = List.of();

  @Option(
      names = "--of",
      defaultValue = "NON_IDLE",
      paramLabel = "SAMPLES",
      description = "which samples the table of functions is of: all, non_idle (default)")
  private Source.Denominator of = Source.Denominator.NON_IDLE;

  @Option(names = "--per-second", description = "also the value of every second")
  private boolean perSecond;

  @Option(
      names = "--rows",
      defaultValue = "30",
      paramLabel = "N",
      description = "rows of a table that are shown (default: ${DEFAULT-VALUE})")
  private int rows;

  @Option(names = "--json", description = "print JSON instead of text")
  private boolean json;

  boolean perSecond() {
    return perSecond;
  }

  boolean json() {
    return json;
  }

  int rows() {
    if (rows < 1) {
      throw new BadInput("--rows must be >= 1, got " + rows);
    }
    return rows;
  }

  /** Whether anything at all was asked for. */
  boolean isEmpty() {
    return plan.isEmpty() && metrics.isEmpty() && tables.isEmpty();
  }

  /** The metrics of plan and expressions; those over repetitions are none of a capture's. */
  List<MetricDefinition> definitions() {
    List<MetricDefinition> definitions = new ArrayList<>();
    if (plan.isPresent()) {
      for (Metric metric : PlanReader.read(Names.plan(plan.get())).plan().metrics()) {
        if (!metric.overRepetitions()) {
          definitions.add(new MetricDefinition(metric.id(), metric.unit(), metric.source()));
        }
      }
    }
    metrics.forEach(text -> definitions.add(MetricExpression.parse(text)));
    return definitions;
  }

  /** The tables asked for; all there can be when nothing was asked for. */
  Set<TableKind> tables() {
    if (!tables.isEmpty()) {
      return EnumSet.copyOf(tables);
    }
    return isEmpty()
        ? EnumSet.of(TableKind.EVENTS, TableKind.FUNCTIONS)
        : EnumSet.noneOf(TableKind.class);
  }

  Analysis analysis(List<MetricDefinition> definitions) {
    try {
      return new Analysis(definitions, tables(), parsedSteps(), of);
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }

  private List<Step> parsedSteps() {
    List<Step> parsed = new ArrayList<>();
    for (String text : steps) {
      Matcher step = STEP.matcher(text);
      if (!step.matches()) {
        throw new BadInput(
            "--step must be NAME=START+LENGTH in seconds, such as load=60+600; got " + text);
      }
      parsed.add(new Step(step.group(1), seconds(step.group(2)), seconds(step.group(3))));
    }
    return parsed;
  }

  private static Duration seconds(String text) {
    try {
      return Duration.ofNanos(Math.round(Double.parseDouble(text) * 1e9));
    } catch (NumberFormatException e) {
      throw new BadInput("a number of seconds is wanted, got " + text);
    }
  }
}
