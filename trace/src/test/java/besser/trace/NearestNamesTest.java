package besser.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestNamesTest {
  private static final List<String> NAMES =
      List.of("sched_switch", "sched_wakeup", "sched_wakeup_new", "sched_waking");

  @Test
  void namesThatContainTheWantedOneComeFirst() {
    assertEquals(List.of("sched_wakeup", "sched_wakeup_new"), NearestNames.of("wakeup", NAMES));
  }

  @Test
  void othersFollowByDistance() {
    assertEquals(List.of("sched_waking"), NearestNames.of("sched_wakin", NAMES).subList(0, 1));
    assertEquals(List.of(), NearestNames.of("mmc_request_start", NAMES));
  }

  @Test
  void onlyASlipOfThePenIsTakenForTheName() {
    assertEquals(Optional.of("sched_switch"), NearestNames.meant("shced_switch", NAMES));
    assertEquals(Optional.empty(), NearestNames.meant("switch", NAMES));
  }
}
