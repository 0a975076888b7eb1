package besser.report.html;

import static j2html.TagCreator.div;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;

import besser.experiment.plan.Metric;
import besser.report.text.Figures;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.SeriesRecord;
import besser.rig.run.StepRecord;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Figures over the time of the ramp, a line a repetition, with the ramp's steps shaded. */
final class TimeCharts {
  private static final String GOODPUT = "goodput";
  private static final int TABLE_ROWS = 45;

  /** A chart as the page's script draws it. */
  record Chart(
      String id,
      String title,
      String unit,
      double maximum,
      List<Band> bands,
      List<Double> seconds,
      List<Line> lines) {

    double intervalSeconds() {
      return seconds.size() > 1 ? seconds.get(1) - seconds.get(0) : 1;
    }
  }

  /** One step of the ramp on the time axis. */
  record Band(String label, double from, double to, double offered) {}

  /** One repetition; a value is absent where the repetition had ended. */
  record Line(String label, List<Optional<Double>> values) {}

  private final ReportInput input;
  private final List<Chart> charts = new ArrayList<>();

  TimeCharts(ReportInput input) {
    this.input = input;
  }

  DomContent goodput() {
    return section("goodput", "Goodput over time", "Application bytes at the receiver.", GOODPUT);
  }

  DomContent rates() {
    TreeSet<String> names = new TreeSet<>();
    for (RepetitionRecord repetition : input.repetitions()) {
      for (StepRecord step : repetition.steps()) {
        for (SeriesRecord series : step.series()) names.add(series.name());
      }
    }
    names.remove(GOODPUT);
    return section(
        "rates",
        "Dispatches and wake-ups over time",
        "Counted from the trace.",
        names.toArray(String[]::new));
  }

  /** The charts' data for the page's script. */
  String data() {
    try {
      return JsonMapper.builder()
          .addModule(new Jdk8Module())
          .build()
          .writeValueAsString(charts)
          .replace("</", "<\\/");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write the charts", e);
    }
  }

  private DomContent section(String id, String heading, String note, String... series) {
    List<DomContent> content = new ArrayList<>();
    content.add(
        p(
            note
                + " A line is a repetition; the steps of the ramp are shaded. Where a ramp is long,"
                + " the line is the mean of several seconds and the seconds are drawn faintly."));
    for (String name : series) {
      double maximum = maximum(name);
      for (String variant : variants()) {
        chart(name, variant, maximum)
            .ifPresent(
                chart -> {
                  charts.add(chart);
                  content.add(h3(chart.title()));
                  content.add(div().withId(chart.id()).withClass("chart"));
                  content.add(table(chart));
                });
      }
    }
    return Sections.titled(id, heading, content.toArray(DomContent[]::new));
  }

  private List<String> variants() {
    return input.repetitions().stream().map(r -> r.id().variant()).distinct().toList();
  }

  private double maximum(String name) {
    return input.repetitions().stream()
        .flatMap(repetition -> repetition.steps().stream())
        .flatMap(step -> step.series(name).stream())
        .flatMap(series -> series.values().stream())
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(1);
  }

  private Optional<Chart> chart(String name, String variant, double maximum) {
    List<RepetitionRecord> repetitions = input.of(variant);
    Optional<SeriesRecord> sample =
        repetitions.stream()
            .flatMap(r -> r.steps().stream())
            .flatMap(step -> step.series(name).stream())
            .findFirst();
    if (sample.isEmpty()) return Optional.empty();
    List<Line> lines = new ArrayList<>();
    int points = 0;
    for (RepetitionRecord repetition : repetitions) {
      List<Optional<Double>> values = new ArrayList<>();
      for (StepRecord step : repetition.steps()) {
        step.series(name).ifPresent(s -> s.values().forEach(v -> values.add(Optional.of(v))));
      }
      points = Math.max(points, values.size());
      lines.add(new Line(repetition.id().toString(), values));
    }
    double interval = sample.get().intervalSeconds();
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < points; i++) seconds.add(i * interval);
    for (Line line : lines) {
      while (line.values().size() < points) line.values().add(Optional.empty());
    }
    String id = "chart-" + charts.size();
    return Optional.of(
        new Chart(
            id,
            titleOf(name) + ", " + variant,
            sample.get().unit(),
            maximum,
            bands(repetitions),
            seconds,
            lines));
  }

  private String titleOf(String series) {
    return input.plan().metrics().stream()
        .filter(metric -> metric.id().equals(series))
        .map(Metric::name)
        .findFirst()
        .orElse(series);
  }

  private static List<Band> bands(List<RepetitionRecord> repetitions) {
    List<Band> bands = new ArrayList<>();
    RepetitionRecord longest =
        repetitions.stream()
            .max((a, b) -> Integer.compare(a.steps().size(), b.steps().size()))
            .orElseThrow();
    double at = 0;
    for (StepRecord step : longest.steps()) {
      bands.add(new Band(step.step(), at, at + step.seconds(), step.offeredBytesPerSecond()));
      at += step.seconds();
    }
    return bands;
  }

  private static DomContent table(Chart chart) {
    List<String> heads = new ArrayList<>(List.of("from"));
    for (Line line : chart.lines()) heads.add(line.label() + " (" + chart.unit() + ")");
    int size = chart.seconds().size();
    int span = Math.max(1, (size + TABLE_ROWS - 1) / TABLE_ROWS);
    List<List<String>> rows = new ArrayList<>();
    for (int from = 0; from < size; from += span) {
      List<String> row = new ArrayList<>();
      row.add(Figures.of(chart.seconds().get(from), "s"));
      for (Line line : chart.lines()) {
        row.add(mean(line.values().subList(from, Math.min(size, from + span))));
      }
      rows.add(row);
    }
    return Sections.asTable(
        "As a table, means of " + Figures.of(span * chart.intervalSeconds(), "s"), heads, rows);
  }

  private static String mean(List<Optional<Double>> values) {
    double sum = 0;
    int count = 0;
    for (Optional<Double> value : values) {
      if (value.isPresent()) {
        sum += value.get();
        count++;
      }
    }
    return count == 0 ? "—" : Figures.number(sum / count);
  }
}
