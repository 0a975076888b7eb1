package besser.check;

import besser.kernel.machine.SimulationFailure;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param failure what the machine could not go on from, such as a deadlock of spinning CPUs
 * @param outOfSteps whether it was stopped because it asked more choices than a run may
 * @param steps how many choices it asked
 */
public record RunEnd(Optional<SimulationFailure> failure, boolean outOfSteps, int steps) {
  public RunEnd {
    if (steps < 0) throw new IllegalArgumentException("steps must be >= 0, got " + steps);
  }

  /** Whether the program came to its own end. */
  public boolean isWhole() {
    return failure.isEmpty() && !outOfSteps;
  }
}
