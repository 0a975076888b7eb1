package besser.cli;

import besser.metrics.Figure;
import besser.metrics.Quality;
import besser.metrics.SecondSeries;
import besser.metrics.WindowFigures;
import besser.metrics.capture.CaptureFigures;
import besser.metrics.table.EventTable;
import besser.metrics.table.FunctionTable;
import besser.metrics.table.LockTable;
import besser.metrics.table.WorkTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The JSON of a capture's figures; times in nanoseconds, shares as fractions. */
record CaptureJson(
    String capture,
    List<String> forms,
    String clock,
    List<String> remarks,
    List<WindowJson> windows,
    Optional<EventsJson> events,
    Optional<FunctionsJson> functions,
    Optional<List<WorkTable.Row>> work,
    Optional<List<LockTable.Row>> locks) {

  record WindowJson(
      String window,
      long startNanos,
      double seconds,
      List<FigureJson> figures,
      List<SeriesJson> perSecond) {}

  record FigureJson(
      String metric, Optional<Double> value, String unit, long observations, String quality) {}

  record SeriesJson(String metric, String unit, List<Optional<Double>> values) {}

  record EventsJson(long count, double seconds, String quality, List<EventRow> rows) {}

  record EventRow(String event, long count, List<Long> countOfCpu) {}

  record FunctionsJson(long samples, String quality, List<FunctionRow> rows) {}

  record FunctionRow(
      String symbol, String module, long self, long total, double selfShare, double totalShare) {}

  static CaptureJson of(CaptureFigures figures, CaptureOptions options) {
    return new CaptureJson(
        figures.capture(),
        figures.forms(),
        figures.clock(),
        figures.remarks(),
        figures.windows().stream().map(window -> window(window, options.perSecond())).toList(),
        figures.events().map(CaptureJson::events),
        figures.functions().map(CaptureJson::functions),
        figures.work().map(WorkTable::rows),
        figures.locks().map(LockTable::rows));
  }

  private static WindowJson window(WindowFigures of, boolean perSecond) {
    return new WindowJson(
        of.window().name(),
        of.window().startNanos(),
        of.window().seconds(),
        of.figures().stream().map(CaptureJson::figure).toList(),
        perSecond ? of.series().stream().map(CaptureJson::series).toList() : List.of());
  }

  private static FigureJson figure(Figure figure) {
    Optional<Double> value =
        figure.value().isPresent() ? Optional.of(figure.value().getAsDouble()) : Optional.empty();
    return new FigureJson(
        figure.metric(),
        value,
        figure.unit().symbol(),
        figure.weight(),
        figure.quality() instanceof Quality.Sound ? "ok" : figure.quality().sentence());
  }

  private static SeriesJson series(SecondSeries of) {
    List<Optional<Double>> values = new ArrayList<>();
    Arrays.stream(of.values())
        .forEach(value -> values.add(Double.isNaN(value) ? Optional.empty() : Optional.of(value)));
    return new SeriesJson(of.metric(), of.unit().symbol(), values);
  }

  private static EventsJson events(EventTable of) {
    return new EventsJson(
        of.count(),
        of.seconds(),
        of.quality().sentence(),
        of.rows().stream()
            .map(row -> new EventRow(row.event(), row.count(), row.countOfCpu()))
            .toList());
  }

  private static FunctionsJson functions(FunctionTable of) {
    return new FunctionsJson(
        of.samples(),
        of.quality().sentence(),
        of.rows().stream()
            .map(
                row ->
                    new FunctionRow(
                        row.function().symbol(),
                        row.function().module(),
                        row.self(),
                        row.total(),
                        of.selfShare(row),
                        of.totalShare(row)))
            .toList());
  }
}
