package besser.experiment.plan;

import besser.experiment.plan.Protocol.Interleaving;
import java.util.ArrayList;
import java.util.List;

/** The order in which the repetitions of the two arms are run. */
public final class RunOrder {
  private RunOrder() {}

  /**
   * One run of the order.
   *
   * @param number the repetition, from 1; equal numbers of the two arms form a block
   */
  public record Run(Arm arm, int number) {}

  /**
   * All runs in their order.
   *
   * @param repetitions of each arm, at least 1
   */
  public static List<Run> of(Interleaving interleaving, int repetitions) {
    if (repetitions < 1) {
      throw new IllegalArgumentException("repetitions must be >= 1, got " + repetitions);
    }
    List<Run> order = new ArrayList<>();
    switch (interleaving) {
      case SEQUENTIAL -> {
        for (Arm arm : Arm.values()) {
          for (int number = 1; number <= repetitions; number++) {
            order.add(new Run(arm, number));
          }
        }
      }
      case ABBA -> {
        for (int number = 1; number <= repetitions; number++) {
          boolean baselineFirst = number % 2 == 1;
          order.add(new Run(baselineFirst ? Arm.BASELINE : Arm.PATCHED, number));
          order.add(new Run(baselineFirst ? Arm.PATCHED : Arm.BASELINE, number));
        }
      }
      case BLOCKED -> {
        for (int number = 1; number <= repetitions; number++) {
          order.add(new Run(Arm.BASELINE, number));
          order.add(new Run(Arm.PATCHED, number));
        }
      }
    }
    return List.copyOf(order);
  }
}
