package besser.forecast.calibration;

/**
 * The four figures of the plan's baseline, at one offered rate.
 *
 * @param goodputBytesPerSecond median of the repetitions' means
 * @param unlockShare part of the non-idle profile samples in {@code _raw_spin_unlock_irqrestore}
 * @param workStartsPerSecond {@code workqueue_execute_start}, system-wide
 * @param commandsPerSecond {@code wsm_cmd_send}
 */
public record Figures(
    double goodputBytesPerSecond,
    double unlockShare,
    double workStartsPerSecond,
    double commandsPerSecond) {
  /** How many there are. */
  public static final int COUNT = 4;

  /** One figure by number, in the order of the components. */
  public double get(int figure) {
    return switch (figure) {
      case 0 -> goodputBytesPerSecond;
      case 1 -> unlockShare;
      case 2 -> workStartsPerSecond;
      case 3 -> commandsPerSecond;
      default -> throw new IndexOutOfBoundsException("figure must be in 0..3, got " + figure);
    };
  }

  /** What a figure is called. */
  public static String name(int figure) {
    return switch (figure) {
      case 0 -> "goodput";
      case 1 -> "_raw_spin_unlock_irqrestore";
      case 2 -> "workqueue_execute_start";
      case 3 -> "wsm_cmd_send";
      default -> throw new IndexOutOfBoundsException("figure must be in 0..3, got " + figure);
    };
  }
}
