package besser.experiment.plan;

import besser.metrics.Unit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the {@code claim} mapping of a prediction or a criterion, in the unit of its metric. */
final class ClaimReader {
  private static final List<String> KINDS =
      List.of(
          "becomes",
          "within",
          "at-least",
          "at-most",
          "ratio",
          "marginal",
          "changes",
          "every-repetition-at-least",
          "every-repetition-below",
          "link");

  private enum Direction {
    UP,
    DOWN
  }

  private ClaimReader() {}

  static Optional<Claim> read(YamlMap claim, Unit unit) {
    return claim.oneOf("what is claimed", KINDS).flatMap(kind -> read(claim, unit, kind));
  }

  private static Optional<Claim> read(YamlMap claim, Unit unit, String kind) {
    return switch (kind) {
      case "becomes" -> word(claim, kind, "zero", new Claim.BecomesZero());
      case "link" -> word(claim, kind, "survives", new Claim.LinkSurvives());
      case "within" -> range(claim, kind, in(unit), Claim.Within::new);
      case "ratio" -> range(claim, kind, Double::parseDouble, Claim.RatioWithin::new);
      case "at-least" -> bound(claim, kind, unit, Claim.AtLeast::new);
      case "at-most" -> bound(claim, kind, unit, Claim.AtMost::new);
      case "every-repetition-below" -> bound(claim, kind, unit, Claim.EveryRepetitionBelow::new);
      case "every-repetition-at-least" -> {
        boolean sustained = claim.flag("sustained", false);
        yield bound(claim, kind, unit, bound -> new Claim.EveryRepetitionAtLeast(bound, sustained));
      }
      case "marginal" -> {
        double fraction = claim.scalar(kind, ClaimReader::fraction, 0.05, "a share such as 5 %");
        yield claim.build(() -> new Claim.Marginal(fraction));
      }
      default -> {
        Direction direction = claim.choice("changes", Direction.class);
        yield claim.build(
            () ->
                switch (direction) {
                  case UP -> new Claim.Increases();
                  case DOWN -> new Claim.Decreases();
                });
      }
    };
  }

  static double fraction(String text) {
    return Unit.PERCENT.toBase(Quantity.parse(text).in(Unit.PERCENT));
  }

  static Function<String, Double> in(Unit unit) {
    return text -> Quantity.parse(text).in(unit);
  }

  private static Optional<Claim> word(YamlMap claim, String key, String word, Claim meant) {
    String text = claim.text(key);
    if (!text.equals(word)) {
      claim.problemAt(key, word, Problems.quoted(text));
    }
    return claim.build(() -> meant);
  }

  private static Optional<Claim> bound(
      YamlMap claim, String key, Unit unit, Function<Double, Claim> meant) {
    double bound = claim.scalar(key, in(unit), 0.0, "a value in " + unit.symbol());
    return claim.build(() -> meant.apply(bound));
  }

  private interface OfRange {
    Claim of(double low, double high);
  }

  private static Optional<Claim> range(
      YamlMap claim, String key, Function<String, Double> parser, OfRange meant) {
    int before = claim.problems().count();
    List<Double> ends = claim.scalars(key, parser, "a number");
    if (ends.size() != 2 && claim.problems().count() == before) {
      claim.problemAt(key, "a list of two: low and high", "a list of " + ends.size());
    }
    return claim.build(() -> meant.of(ends.getFirst(), ends.getLast()));
  }
}
