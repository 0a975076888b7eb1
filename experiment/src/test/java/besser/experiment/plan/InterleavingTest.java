package besser.experiment.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import besser.experiment.plan.Protocol.Interleaving;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InterleavingTest {

  private static String order(Interleaving interleaving, int repetitions) {
    return interleaving.order(repetitions).stream()
        .map(run -> (run.arm() == Arm.BASELINE ? "A" : "B") + run.number())
        .collect(Collectors.joining(" "));
  }

  @Test
  void alternatesWhichArmComesFirst() {
    assertEquals("A1 B1 B2 A2 A3 B3", order(Interleaving.ABBA, 3));
  }

  @Test
  void startsEachBlockWithTheBaseline() {
    assertEquals("A1 B1 A2 B2", order(Interleaving.BLOCKED, 2));
  }

  @Test
  void runsOneArmAfterTheOther() {
    assertEquals("A1 A2 A3 B1 B2 B3", order(Interleaving.SEQUENTIAL, 3));
  }

  @Test
  void refusesLessThanOneRepetition() {
    assertThrows(IllegalArgumentException.class, () -> Interleaving.ABBA.order(0));
  }
}
