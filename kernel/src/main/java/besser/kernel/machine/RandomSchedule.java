package besser.kernel.machine;

import besser.kernel.random.RandomStream;

/**
 * An exploring schedule that walks at random: at each visible operation it stays with the running
 * context or moves to another, and now and then lets time pass.
 */
public final class RandomSchedule implements Schedule {
  private final RandomStream random;
  private final double switchProbability;
  private final double faultProbability;
  private final double timeProbability;

  /** A walk that switches at one operation in four and brings no faults. */
  public RandomSchedule(long seed) {
    this(seed, 0.25, 0, 1.0 / 64);
  }

  /**
   * A walk.
   *
   * @param seed of the walk
   * @param switchProbability of leaving the running context at a visible operation, 0 to 1
   * @param faultProbability of a failing allocation or a fault where one is possible, 0 to 1
   * @param timeProbability of letting time pass although a context could go on, 0 to 1
   */
  public RandomSchedule(
      long seed, double switchProbability, double faultProbability, double timeProbability) {
    this.random = new RandomStream(seed, "schedule");
    this.switchProbability = probability("switch", switchProbability);
    this.faultProbability = probability("fault", faultProbability);
    this.timeProbability = probability("time", timeProbability);
  }

  private static double probability(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " probability must be 0 to 1, got " + value);
    }
    return value;
  }

  @Override
  public Mode mode() {
    return Mode.EXPLORED;
  }

  @Override
  public int choose(Choice choice) {
    return switch (choice.kind()) {
      case RUN -> run(choice);
      case ALLOCATION, FAULT -> random.nextBoolean(faultProbability) ? 1 : 0;
    };
  }

  private int run(Choice choice) {
    int options = choice.options();
    // Time is always the last option.
    boolean time = choice.move(options - 1) == Choice.Move.ADVANCE_TIME;
    if (time && random.nextBoolean(timeProbability)) return options - 1;
    int contexts = time ? options - 1 : options;
    if (contexts <= 1) return 0;
    boolean mayStay = choice.move(0) == Choice.Move.CONTINUE;
    if (!mayStay) return random.nextInt(contexts);
    return random.nextBoolean(switchProbability) ? 1 + random.nextInt(contexts - 1) : 0;
  }
}
