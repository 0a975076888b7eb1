package besser.rig.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import besser.experiment.plan.Protocol;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunOrderTest {
  private static String order(Protocol.Interleaving interleaving, String... others) {
    return RunOrder.of(interleaving, "relay", "direct", List.of(others), 3).stream()
        .map(slot -> slot.repetition().toString())
        .collect(Collectors.joining(", "));
  }

  @Test
  void runsOneArmAfterTheOther() {
    assertEquals(
        "relay 1, relay 2, relay 3, direct 1, direct 2, direct 3",
        order(Protocol.Interleaving.SEQUENTIAL));
  }

  @Test
  void putsTheBaselineFirstInEachBlock() {
    assertEquals(
        "relay 1, direct 1, relay 2, direct 2, relay 3, direct 3",
        order(Protocol.Interleaving.BLOCKED));
  }

  @Test
  void turnsEverySecondBlockRoundSoThatLinearDriftCancels() {
    assertEquals(
        "relay 1, direct 1, direct 2, relay 2, relay 3, direct 3",
        order(Protocol.Interleaving.ABBA));
  }

  @Test
  void runsVariantsThatAreOnlyComparedLast() {
    assertEquals(
        "relay 1, relay 2, relay 3, direct 1, direct 2, direct 3,"
            + " bottom-half 1, bottom-half 2, bottom-half 3",
        order(Protocol.Interleaving.SEQUENTIAL, "bottom-half"));
  }
}
