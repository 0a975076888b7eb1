package besser.rig.execution;

import besser.experiment.plan.Arm;
import besser.experiment.plan.Protocol;
import besser.rig.run.RepetitionId;
import besser.rig.run.RunRecord;
import java.util.ArrayList;
import java.util.List;

/** In which order the repetitions of a run come. */
public final class RunOrder {
  private RunOrder() {}

  /**
   * The order of a run.
   *
   * @param interleaving how the two arms alternate
   * @param baselineVariant what the baseline arm runs
   * @param patchedVariant what the patched arm runs
   * @param otherVariants variants that are only compared; they come last in every block
   * @param repetitions of each, at least 1
   */
  public static List<RunRecord.Slot> of(
      Protocol.Interleaving interleaving,
      String baselineVariant,
      String patchedVariant,
      List<String> otherVariants,
      int repetitions) {
    if (repetitions < 1) {
      throw new IllegalArgumentException("repetitions must be >= 1, got " + repetitions);
    }
    List<RunRecord.Slot> order = new ArrayList<>();
    for (Turn turn : turns(interleaving, repetitions)) {
      String variant =
          switch (turn.arm) {
            case BASELINE -> baselineVariant;
            case PATCHED -> patchedVariant;
          };
      order.add(new RunRecord.Slot(turn.arm.word(), new RepetitionId(variant, turn.repetition)));
    }
    for (int i = 1; i <= repetitions; i++) {
      for (String other : otherVariants) {
        order.add(new RunRecord.Slot("other", new RepetitionId(other, i)));
      }
    }
    return List.copyOf(order);
  }

  private record Turn(Arm arm, int repetition) {}

  private static List<Turn> turns(Protocol.Interleaving interleaving, int repetitions) {
    List<Turn> turns = new ArrayList<>();
    switch (interleaving) {
      case SEQUENTIAL -> {
        for (Arm arm : Arm.values()) {
          for (int i = 1; i <= repetitions; i++) turns.add(new Turn(arm, i));
        }
      }
      case BLOCKED -> {
        for (int i = 1; i <= repetitions; i++) {
          turns.add(new Turn(Arm.BASELINE, i));
          turns.add(new Turn(Arm.PATCHED, i));
        }
      }
      case ABBA -> {
        for (int i = 1; i <= repetitions; i++) {
          boolean baselineFirst = i % 2 == 1;
          turns.add(new Turn(baselineFirst ? Arm.BASELINE : Arm.PATCHED, i));
          turns.add(new Turn(baselineFirst ? Arm.PATCHED : Arm.BASELINE, i));
        }
      }
    }
    return turns;
  }
}
