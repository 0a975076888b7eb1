package besser.rig.run;

import besser.experiment.plan.Metric;
import besser.experiment.plan.Plan;
import besser.experiment.plan.Protocol;
import besser.metrics.Figure;
import besser.metrics.MetricDefinition;
import besser.metrics.Quality;
import besser.metrics.SecondSeries;
import besser.metrics.Source;
import besser.metrics.WindowFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The figures and series of one step, in the form in which a run keeps them. */
public final class StepFigures {
  private final Plan plan;
  private final Protocol.Step step;
  private final WindowFigures window;
  private final int seconds;

  /**
   * Of a step's window.
   *
   * @param seconds for which there is something to plot: fewer than the step's when the link died
   */
  public StepFigures(Plan plan, Protocol.Step step, WindowFigures window, int seconds) {
    this.plan = plan;
    this.step = step;
    this.window = window;
    this.seconds = seconds;
  }

  /** The figures of the metrics that are judged on this step. */
  public List<FigureRecord> figures() {
    List<FigureRecord> records = new ArrayList<>();
    for (Figure figure : judged()) {
      if (figure.value().isEmpty()) continue;
      records.add(
          new FigureRecord(
              figure.metric(),
              figure.value().getAsDouble(),
              figure.unit().symbol(),
              String.format(Locale.ROOT, "%,d %s", figure.weight(), observations(figure)),
              figure.quality() instanceof Quality.Sound
                  ? Optional.empty()
                  : Optional.of(figure.quality().sentence())));
    }
    return records;
  }

  private String observations(Figure figure) {
    Metric metric = plan.metric(figure.metric());
    return new MetricDefinition(metric.id(), metric.unit(), metric.source()).observations();
  }

  /** The metrics without a figure, and why. */
  public SortedMap<String, String> unmeasured() {
    SortedMap<String, String> reasons = new TreeMap<>();
    for (Figure figure : judged()) {
      if (figure.quality() instanceof Quality.Missing missing) {
        reasons.put(figure.metric(), missing.reason());
      }
    }
    return reasons;
  }

  /** The figures of the metrics that the plan judges on this step. */
  private List<Figure> judged() {
    return window.figures().stream()
        .filter(figure -> plan.metric(figure.metric()).steps().contains(step.id()))
        .toList();
  }

  /** Goodput, and every rate of the plan, by the second. */
  public List<SeriesRecord> series() {
    List<SeriesRecord> records = new ArrayList<>();
    for (SecondSeries series : window.series()) {
      Metric metric = plan.metric(series.metric());
      if (!(metric.source() instanceof Source.Goodput) && !isRate(metric.source())) continue;
      // Behind the death of the link there is nothing to plot.
      int plotted = Math.min(series.size(), seconds);
      List<Double> values = new ArrayList<>(plotted);
      for (int i = 0; i < plotted; i++) values.add(rounded(series.value(i)));
      records.add(new SeriesRecord(series.metric(), series.unit().symbol(), 1, values));
    }
    return records;
  }

  private static boolean isRate(Source source) {
    return source instanceof Source.EventRate
        || source instanceof Source.FunctionRate
        || source instanceof Source.WakeRate;
  }

  private static double rounded(double value) {
    return Math.rint(value * 1000) / 1000;
  }
}
