package besser.experiment.plan;

import besser.metrics.MetricDefinition;
import besser.metrics.Source;
import besser.metrics.Unit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric in one line, as a command takes it: what a plan writes as a metric's {@code source},
 * without the braces, optionally with an id before and a unit within.
 *
 * <pre>
 *   sched:sched_switch
 *   rx = event: workqueue:workqueue_execute_start, where: function == sdio_rx_work, per: second
 *   samples: share, symbol: _raw_spin_unlock_irqrestore, of: non-idle
 *   delay = duration: {from: "irq:irq_handler_entry", to: "irq:irq_handler_exit", key: "irq,cpu",
 *   percentile: 99}, unit: us
 * </pre>
 */
public final class MetricExpression {
  private static final Pattern NAMED = Pattern.compile("\\s*([A-Za-z0-9_.-]+)\\s*=(?!=)\\s*(.*)");
  private static final Pattern EVENT = Pattern.compile("\\w+:\\w+");
  private static final String PLACE = "metric";

  private MetricExpression() {}

  /**
   * Reads an expression.
   *
   * @throws PlanRejected when it is none, saying where and what would be right
   */
  public static MetricDefinition parse(String text) {
    String source = text.strip();
    String id = source;
    Matcher named = NAMED.matcher(source);
    if (named.matches()) {
      id = named.group(1);
      source = named.group(2);
    }
    if (EVENT.matcher(source).matches()) {
      return new MetricDefinition(
          id, Unit.PER_SECOND, new Source.EventRate(source, Optional.empty(), Source.Per.SECOND));
    }
    Problems problems = new Problems(PLACE);
    String metricId = id;
    Optional<MetricDefinition> metric =
        PlanReader.compose(problems, PLACE, "{" + source + "}")
            .flatMap(node -> YamlMap.of(problems, node, "a metric's source"))
            .flatMap(map -> read(map, metricId));
    problems.throwIfAny();
    return metric.orElseThrow();
  }

  private static Optional<MetricDefinition> read(YamlMap map, String id) {
    boolean hasUnit = map.has("unit");
    Unit unit =
        hasUnit
            ? map.scalar("unit", text -> Unit.of(text).orElseThrow(), Unit.COUNT, Unit.symbols())
            : Unit.COUNT;
    return SourceReader.read(map)
        .flatMap(
            source ->
                map.build(
                    () -> new MetricDefinition(id, hasUnit ? unit : usualUnit(source), source)));
  }

  /** The unit people read such a figure in. */
  private static Unit usualUnit(Source source) {
    return switch (source) {
      case Source.EventRate rate -> per(rate.per());
      case Source.FunctionRate rate -> per(rate.per());
      case Source.LockRate rate -> per(rate.per());
      case Source.WakeRate rate -> per(rate.per());
      case Source.SampleShare share -> Unit.PERCENT;
      case Source.CpuTime time ->
          time.per() == Source.Per.SECOND ? Unit.PERCENT : Unit.MICROSECONDS;
      case Source.PairedDuration pair -> Unit.MICROSECONDS;
      case Source.RunQueueWait wait -> Unit.MICROSECONDS;
      case Source.LockWait wait ->
          wait.statistic() == Source.LockWaitStatistic.SHARE ? Unit.PERCENT : Unit.MICROSECONDS;
      case Source.Goodput goodput ->
          switch (goodput.statistic()) {
            case MEAN, MINIMUM_SECOND -> Unit.KILOBYTES_PER_SECOND;
            case VARIATION -> Unit.PERCENT;
            case STALL_SECONDS, LAST_BYTE -> Unit.SECONDS;
          };
      case Source.Link link ->
          link.aspect() == Source.LinkAspect.SURVIVAL ? Unit.COUNT : Unit.SECONDS;
      case Source.Series series -> Unit.COUNT;
      case Source.Ratio ratio -> Unit.COUNT;
      case Source.Spread spread -> Unit.PERCENT;
    };
  }

  private static Unit per(Source.Per per) {
    return switch (per) {
      case SECOND -> Unit.PER_SECOND;
      case FRAME -> Unit.PER_FRAME;
    };
  }
}
