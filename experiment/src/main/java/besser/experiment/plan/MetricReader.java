package besser.experiment.plan;

import besser.metrics.Source;
import besser.metrics.Unit;
import java.util.List;
import java.util.Optional;

/** Reads the entries of {@code metrics}. */
final class MetricReader {
  private static final double USUAL_EQUIVALENCE = 0.05;

  /** Stands for the steps of a protocol that could not be read, so that metrics still can. */
  private static final String UNREAD = "unread";

  private final List<String> allSteps;
  private final Optional<Protocol> protocol;

  MetricReader(Optional<Protocol> protocol) {
    this.protocol = protocol;
    this.allSteps =
        protocol
            .map(of -> of.ramp().stream().map(Protocol.Step::id).toList())
            .orElse(List.of(UNREAD));
  }

  Optional<Metric> read(YamlMap map) {
    String id = map.declaration("id", Problems.Kind.METRIC);
    String name = map.text("name");
    Unit unit = map.scalar("unit", MetricReader::unit, Unit.COUNT, "a unit: " + Unit.symbols());
    Optional<Source> source = map.map("source").flatMap(SourceReader::read);
    Metric.Better better = map.choice("better", Metric.Better.class);
    double equivalence =
        map.has("equivalence")
            ? map.scalar("equivalence", ClaimReader::fraction, 0.05, "a share such as 5 %")
            : USUAL_EQUIVALENCE;
    double floor =
        map.has("floor")
            ? map.scalar("floor", ClaimReader.in(unit), 1.0, "a value in " + unit.symbol())
            : usualFloor(unit);
    List<String> steps = map.has("steps") ? map.references("steps", Problems.Kind.STEP) : allSteps;
    String computed = map.text("computed");
    source.ifPresent(from -> checkCaptures(map, from, steps));
    return map.build(
        () ->
            new Metric(
                id, name, unit, source.orElseThrow(), better, equivalence, floor, steps, computed));
  }

  private void checkCaptures(YamlMap map, Source source, List<String> steps) {
    for (Protocol.Step step : protocol.map(Protocol::ramp).orElse(List.of())) {
      source
          .capture()
          .filter(kind -> steps.contains(step.id()) && !step.captures().contains(kind))
          .ifPresent(
              kind ->
                  map.problemAt(
                      map.has("steps") ? "steps" : "source",
                      "steps whose captures hold a " + kind.word(),
                      "step '" + step.id() + "', which captures none"));
    }
  }

  private static Unit unit(String text) {
    return Unit.of(text)
        .orElseThrow(() -> new IllegalArgumentException("a unit: " + Unit.symbols()));
  }

  /** The smallest value told from zero where the plan names none; see docs/statistics.md. */
  private static double usualFloor(Unit unit) {
    double base =
        switch (unit.dimension()) {
          case BYTE_RATE -> 1000;
          case EVENT_RATE -> 0.01;
          case PER_FRAME, PER_TRANSFER -> 0.001;
          case SHARE -> 0.001;
          case TIME -> 1e-6;
          case COUNT -> 0.5;
        };
    return unit.fromBase(base);
  }
}
