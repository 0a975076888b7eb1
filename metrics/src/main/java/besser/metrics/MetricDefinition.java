package besser.metrics;

import besser.metrics.Unit.Dimension;
import java.util.EnumSet;
import java.util.Set;

/**
 * A figure somebody wants.
 *
 * <p>Throws {@link IllegalArgumentException} when the unit measures something else than the source
 * gives: a rate in percent, a duration in bytes per second.
 *
 * @param id how figures, ratios and messages name it
 * @param unit the unit the figure is given in; its dimension must be that of the source
 * @param source where it comes from
 */
public record MetricDefinition(String id, Unit unit, Source source) {

  public MetricDefinition {
    if (id.isBlank()) {
      throw new IllegalArgumentException("metric id must not be empty");
    }
    requireFitting(id, unit, source);
  }

  /**
   * Checks that a unit measures what a source gives.
   *
   * @throws IllegalArgumentException when it does not, naming what would fit
   */
  public static void requireFitting(String id, Unit unit, Source source) {
    Set<Dimension> fit = dimensions(source);
    if (!fit.contains(unit.dimension())) {
      throw new IllegalArgumentException(
          "unit of metric %s must measure one of %s, got %s which measures %s"
              .formatted(id, fit, unit.symbol(), unit.dimension()));
    }
  }

  /** What the {@link Figure#weight} of this metric counts, as a noun in the plural. */
  public String observations() {
    return switch (source) {
      case Source.Goodput goodput ->
          goodput.statistic() == Source.GoodputStatistic.STALL_SECONDS
              ? "whole seconds"
              : "seconds with bytes";
      case Source.EventRate rate -> "events";
      case Source.FunctionRate rate -> "calls";
      case Source.LockRate rate ->
          switch (rate.aspect()) {
            case ACQUISITIONS -> "acquisitions";
            case CONTENTIONS -> "contentions";
          };
      case Source.WakeRate rate -> "wake-ups";
      case Source.SampleShare share -> "samples";
      case Source.CpuTime time -> "samples";
      case Source.PairedDuration duration -> "pairs of events";
      case Source.RunQueueWait wait -> "waits";
      case Source.LockWait wait -> "waits";
      case Source.Link link -> "links";
      case Source.Spread spread -> "repetitions";
      case Source.Series series -> "values";
      case Source.Ratio ratio -> "observations";
    };
  }

  private static Set<Dimension> dimensions(Source source) {
    return switch (source) {
      case Source.Goodput goodput ->
          switch (goodput.statistic()) {
            case MEAN, MINIMUM_SECOND -> EnumSet.of(Dimension.BYTE_RATE);
            case VARIATION -> EnumSet.of(Dimension.SHARE);
            case STALL_SECONDS, LAST_BYTE -> EnumSet.of(Dimension.TIME);
          };
      case Source.EventRate rate -> rate(rate.per());
      case Source.FunctionRate rate -> rate(rate.per());
      case Source.LockRate rate -> rate(rate.per());
      case Source.WakeRate rate -> rate(rate.per());
      case Source.SampleShare share -> EnumSet.of(Dimension.SHARE);
      case Source.CpuTime time ->
          EnumSet.of(time.per() == Source.Per.SECOND ? Dimension.SHARE : Dimension.TIME);
      case Source.PairedDuration duration -> EnumSet.of(Dimension.TIME);
      case Source.RunQueueWait wait -> EnumSet.of(Dimension.TIME);
      case Source.LockWait wait ->
          EnumSet.of(
              wait.statistic() == Source.LockWaitStatistic.SHARE
                  ? Dimension.SHARE
                  : Dimension.TIME);
      case Source.Link link ->
          EnumSet.of(
              link.aspect() == Source.LinkAspect.SURVIVAL ? Dimension.COUNT : Dimension.TIME);
      case Source.Spread spread -> EnumSet.of(Dimension.SHARE);
      case Source.Series series -> EnumSet.allOf(Dimension.class);
      case Source.Ratio ratio -> EnumSet.allOf(Dimension.class);
    };
  }

  private static Set<Dimension> rate(Source.Per per) {
    return EnumSet.of(per == Source.Per.SECOND ? Dimension.EVENT_RATE : Dimension.PER_FRAME);
  }
}
