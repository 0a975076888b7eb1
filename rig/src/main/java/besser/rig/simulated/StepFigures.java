package besser.rig.simulated;

import besser.bes2600.station.StepResult;
import besser.experiment.plan.Metric;
import besser.experiment.plan.Plan;
import besser.experiment.plan.Protocol;
import besser.metrics.Figure;
import besser.metrics.Quality;
import besser.metrics.SecondSeries;
import besser.metrics.Source;
import besser.metrics.WindowFigures;
import besser.rig.run.FigureRecord;
import besser.rig.run.SeriesRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The figures and series of one step, in the form in which a run keeps them. */
final class StepFigures {
  private final Plan plan;
  private final Protocol.Step step;
  private final WindowFigures window;
  private final StepResult result;

  StepFigures(Plan plan, Protocol.Step step, WindowFigures window, StepResult result) {
    this.plan = plan;
    this.step = step;
    this.window = window;
    this.result = result;
  }

  List<FigureRecord> figures() {
    List<FigureRecord> records = new ArrayList<>();
    for (Figure figure : judged()) {
      if (figure.value().isEmpty()) continue;
      records.add(
          new FigureRecord(
              figure.metric(),
              figure.value().getAsDouble(),
              figure.unit().symbol(),
              String.format(Locale.ROOT, "%,d observations", figure.weight()),
              figure.quality() instanceof Quality.Sound
                  ? Optional.empty()
                  : Optional.of(figure.quality().sentence())));
    }
    return records;
  }

  SortedMap<String, String> unmeasured() {
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
  List<SeriesRecord> series() {
    List<SeriesRecord> records = new ArrayList<>();
    for (SecondSeries series : window.series()) {
      Metric metric = plan.metric(series.metric());
      if (!(metric.source() instanceof Source.Goodput) && !isRate(metric.source())) continue;
      // Behind the death of the link there is nothing to plot.
      int seconds = Math.min(series.size(), result.seconds());
      List<Double> values = new ArrayList<>(seconds);
      for (int i = 0; i < seconds; i++) values.add(rounded(series.value(i)));
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
