package besser.experiment.plan;

import besser.metrics.CaptureKind;
import besser.metrics.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the {@code protocol} mapping of a plan. */
final class ProtocolReader {
  private ProtocolReader() {}

  static Optional<Protocol> read(YamlMap map) {
    Optional<YamlMap> arms = map.map("arms");
    String baseline = arms.map(arm -> arm.text("baseline")).orElse("");
    String patched = arms.map(arm -> arm.text("patched")).orElse("");
    arms.ifPresent(arm -> arm.build(() -> true));
    List<Protocol.Step> ramp = map.maps("ramp", ProtocolReader::step);
    int repetitions = map.integer("repetitions", 1);
    Protocol.Interleaving interleaving = map.choice("interleaving", Protocol.Interleaving.class);
    Protocol.Analysis analysis = map.choice("analysis", Protocol.Analysis.class);
    double significance = level(map, "significance");
    double falseFindings = level(map, "false-findings");
    List<String> instructions = map.texts("instructions");
    return map.build(
        () ->
            new Protocol(
                baseline,
                patched,
                ramp,
                repetitions,
                interleaving,
                analysis,
                significance,
                falseFindings,
                instructions));
  }

  private static double level(YamlMap map, String key) {
    return map.has(key)
        ? map.scalar(key, ClaimReader::fraction, 0.05, "a share such as 5 %")
        : 0.05;
  }

  private static Optional<Protocol.Step> step(YamlMap map) {
    String id = map.declaration("step", Problems.Kind.STEP);
    double offered =
        map.scalar("offered", ClaimReader.in(Unit.BYTES_PER_SECOND), 1.0, "a rate such as 4 MB/s");
    Duration duration =
        map.scalar("duration", ProtocolReader::duration, Duration.ZERO, "a time such as 30 min");
    Set<CaptureKind> captures =
        new TreeSet<>(
            map.scalars(
                "captures",
                text -> Words.read(CaptureKind.class, text),
                Words.list(CaptureKind.class)));
    return map.build(() -> new Protocol.Step(id, offered, duration, captures));
  }

  private static Duration duration(String text) {
    return Duration.ofMillis(Math.round(Quantity.parse(text).in(Unit.MILLISECONDS)));
  }
}
