package besser.experiment.plan;

import java.util.Locale;

/**
 * How sure the author is of a prediction.
 *
 * @param level the word used, or {@link Level#STATED} where a probability was given
 * @param probability the probability that the prediction comes true which the word stands for, in
 *     (0, 1]; it is what the Brier score judges
 */
public record Confidence(Level level, double probability) {

  /** The words a plan may use. Unless the plan says otherwise they stand for 0.9, 0.7 and 0.5. */
  public enum Level {
    HIGH,
    MEDIUM,
    LOW,
    STATED
  }

  public Confidence {
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException("a probability must be in (0, 1], got " + probability);
    }
  }

  /** The word as the plan writes it, or the probability. */
  public String word() {
    return level == Level.STATED
        ? Double.toString(probability)
        : level.name().toLowerCase(Locale.ROOT);
  }

  /**
   * What the three words stand for.
   *
   * @param high probability of {@code high}; at least {@code medium}
   * @param low probability of {@code low}
   */
  public record Scale(double high, double medium, double low) {
    public static final Scale DEFAULT = new Scale(0.9, 0.7, 0.5);

    public Scale {
      if (!(low > 0 && low <= medium && medium <= high && high <= 1)) {
        throw new IllegalArgumentException(
            "confidence words must satisfy 0 < low <= medium <= high <= 1, got %s, %s, %s"
                .formatted(low, medium, high));
      }
    }

    /**
     * Reads {@code high}, {@code medium}, {@code low} or a probability.
     *
     * @throws IllegalArgumentException with what was expected
     */
    public Confidence parse(String text) {
      return switch (text) {
        case "high" -> new Confidence(Level.HIGH, high);
        case "medium" -> new Confidence(Level.MEDIUM, medium);
        case "low" -> new Confidence(Level.LOW, low);
        default -> new Confidence(Level.STATED, probability(text));
      };
    }

    private static double probability(String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("high, medium, low or a probability in (0, 1]", e);
      }
    }
  }
}
