package besser.cli;

import besser.experiment.plan.Plan;
import besser.experiment.plan.PlanReader;
import besser.experiment.plan.Protocol;
import java.nio.file.Path;

/**
 * A plan whose two arms are to be checked.
 *
 * @param file where it is; its records lie beside it
 * @param plan as read
 */
record PlanToCheck(Path file, Plan plan) {
  static PlanToCheck named(String name) {
    Path file = Names.plan(name);
    return new PlanToCheck(file, PlanReader.read(file).plan());
  }

  Protocol protocol() {
    return plan.protocol();
  }
}
