package besser.metrics;

import java.util.List;
import java.util.Optional;

/**
 * All figures of one window.
 *
 * @param figures one per metric, in the order of the definitions
 * @param series those of the metrics that have a value per second
 */
public record WindowFigures(Window window, List<Figure> figures, List<SecondSeries> series) {

  public WindowFigures {
    figures = List.copyOf(figures);
    series = List.copyOf(series);
  }

  /** The figure of a metric. */
  public Optional<Figure> find(String metric) {
    return figures.stream().filter(figure -> figure.metric().equals(metric)).findFirst();
  }

  /** The series of a metric. */
  public Optional<SecondSeries> findSeries(String metric) {
    return series.stream().filter(found -> found.metric().equals(metric)).findFirst();
  }
}
