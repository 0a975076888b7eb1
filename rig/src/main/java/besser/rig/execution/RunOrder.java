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
   * @param patchedVariant what the patched arm runs; the baseline's variant makes an A/A run, whose
   *     second arm goes on numbering where the first ends
   * @param otherVariants variants that are only compared; they come last in every block
   * @param repetitions of each, at least 1
   */
  public static List<RunRecord.Slot> of(
      Protocol.Interleaving interleaving,
      String baselineVariant,
      String patchedVariant,
      List<String> otherVariants,
      int repetitions) {
    List<RunRecord.Slot> order = new ArrayList<>();
    for (Protocol.Run run : interleaving.order(repetitions)) {
      String variant =
          switch (run.arm()) {
            case BASELINE -> baselineVariant;
            case PATCHED -> patchedVariant;
          };
      boolean again = run.arm() == Arm.PATCHED && patchedVariant.equals(baselineVariant);
      int number = again ? repetitions + run.number() : run.number();
      order.add(new RunRecord.Slot(run.arm().word(), new RepetitionId(variant, number)));
    }
    for (int i = 1; i <= repetitions; i++) {
      for (String other : otherVariants) {
        order.add(new RunRecord.Slot("other", new RepetitionId(other, i)));
      }
    }
    return List.copyOf(order);
  }
}
