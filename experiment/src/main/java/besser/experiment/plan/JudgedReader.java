package besser.experiment.plan;

import besser.metrics.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the parts of a plan whose figures are in a metric's unit. */
final class JudgedReader {
  private final Map<String, Metric> metrics = new TreeMap<>();
  private final Optional<Protocol> protocol;
  private final Confidence.Scale scale;

  JudgedReader(List<Metric> metrics, Optional<Protocol> protocol, Confidence.Scale scale) {
    metrics.forEach(metric -> this.metrics.put(metric.id(), metric));
    this.protocol = protocol;
    this.scale = scale;
  }

  Optional<Goal> goal(YamlMap map) {
    boolean locked = map.flag("locked", false);
    String statement = map.text("statement");
    List<Goal.Criterion> criteria = map.maps("criteria", this::criterion);
    Optional<YamlMap> full = map.has("full-target") ? map.map("full-target") : Optional.empty();
    String fullStatement = full.map(target -> target.text("statement")).orElse("");
    List<Goal.Criterion> fullCriteria = new ArrayList<>();
    full.ifPresent(
        target -> {
          fullCriteria.addAll(target.maps("criteria", this::criterion));
          target.build(() -> true);
        });
    return map.build(() -> new Goal(locked, statement, criteria, fullStatement, fullCriteria));
  }

  private Optional<Goal.Criterion> criterion(YamlMap map) {
    String id = map.declaration("id", Problems.Kind.CRITERION);
    String metric = map.reference("metric", Problems.Kind.METRIC);
    String step = map.reference("step", Problems.Kind.STEP);
    Optional<Claim> claim = claim(map, metric, step);
    String words = map.text("words");
    return map.build(() -> new Goal.Criterion(id, metric, step, claim.orElseThrow(), words));
  }

  Optional<Prediction> prediction(YamlMap map) {
    String id = map.declaration("id", Problems.Kind.PREDICTION);
    String metric = map.reference("metric", Problems.Kind.METRIC);
    String step = map.reference("step", Problems.Kind.STEP);
    Optional<Claim> claim = claim(map, metric, step);
    Confidence confidence =
        map.scalar("confidence", scale::parse, scale.parse("low"), "high, medium or low");
    String words = map.text("words");
    Optional<String> note = map.optionalText("note");
    return map.build(
        () -> new Prediction(id, metric, step, claim.orElseThrow(), confidence, words, note));
  }

  private Optional<Claim> claim(YamlMap map, String metricId, String step) {
    Optional<Metric> metric = Optional.ofNullable(metrics.get(metricId));
    metric
        .filter(known -> protocol.isPresent() && !known.steps().contains(step))
        .ifPresent(
            known ->
                map.problemAt(
                    "step",
                    "a step that "
                        + metricId
                        + " is judged on ("
                        + String.join(", ", known.steps())
                        + ")",
                    Problems.quoted(step)));
    Optional<YamlMap> claim = map.map("claim");
    if (metric.isEmpty()) {
      // The unknown metric is reported already; without its unit the claim cannot be read.
      return Optional.empty();
    }
    Optional<Claim> read = claim.flatMap(of -> ClaimReader.read(of, metric.get().unit()));
    read.filter(of -> metric.get().overRepetitions() && !comparesSpread(of))
        .ifPresent(
            of ->
                map.problemAt(
                    "claim",
                    "changes: up or down, for a spread over repetitions",
                    "another claim"));
    return read;
  }

  private static boolean comparesSpread(Claim claim) {
    return claim instanceof Claim.Increases || claim instanceof Claim.Decreases;
  }

  Optional<Baseline> baseline(YamlMap map) {
    String step = map.reference("step", Problems.Kind.STEP);
    int repetitions = map.integer("repetitions", 1);
    String measured = map.text("measured");
    String note = map.text("note", "");
    List<Baseline.Entry> entries = map.maps("values", this::entry);
    return map.build(() -> new Baseline(step, repetitions, measured, note, entries));
  }

  private Optional<Baseline.Entry> entry(YamlMap map) {
    String metric = map.reference("metric", Problems.Kind.METRIC);
    String tool = map.text("tool");
    Optional<Baseline.State> state =
        map.oneOf("what is known", List.of("repetitions", "about", "not-measured"))
            .flatMap(kind -> state(map, kind, metric));
    String note = map.text("note", "");
    return map.build(() -> new Baseline.Entry(metric, tool, state.orElseThrow(), note));
  }

  private Optional<Baseline.State> state(YamlMap map, String kind, String metricId) {
    Metric metric = metrics.get(metricId);
    if (metric == null) {
      // Reported elsewhere; without the unit its values cannot be read.
      return Optional.empty();
    }
    Unit unit = metric.unit();
    return switch (kind) {
      case "repetitions" -> {
        List<Double> values = map.scalars(kind, ClaimReader.in(unit), "a value");
        yield values.isEmpty() ? Optional.empty() : Optional.of(new Baseline.PerRepetition(values));
      }
      case "about" ->
          Optional.of(new Baseline.About(map.scalar(kind, ClaimReader.in(unit), 0.0, "a value")));
      default -> Optional.of(new Baseline.NotMeasured(map.text(kind)));
    };
  }
}
