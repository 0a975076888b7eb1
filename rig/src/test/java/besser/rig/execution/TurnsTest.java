package besser.rig.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import besser.rig.device.Progress;
import besser.rig.run.RepetitionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnsTest {
  private static final RepetitionId RELAY = new RepetitionId("relay", 1);
  private static final RepetitionId DIRECT = new RepetitionId("direct", 1);

  private final List<String> happened = Collections.synchronizedList(new ArrayList<>());

  /** Goes through a ramp of so many seconds in turn, and says so. */
  private void go(Turns turns, RepetitionId repetition, int seconds, int total) {
    for (int second = 1; second <= seconds; second++) {
      happened.add(repetition.variant() + second);
      turns.at(repetition, "1MBps", second, total);
    }
    turns.end(repetition);
  }

  private Thread second(Turns turns, int seconds, int total) {
    Thread direct =
        new Thread(
            () -> {
              turns.begin(DIRECT);
              go(turns, DIRECT, seconds, total);
            });
    direct.start();
    while (direct.getState() != Thread.State.WAITING) Thread.onSpinWait();
    return direct;
  }

  @Test
  void thoseThatAreLeastFarRun() throws InterruptedException {
    Turns turns = new Turns(1, Progress.NONE);
    turns.begin(RELAY);
    Thread direct = second(turns, 4, 4);
    go(turns, RELAY, 4, 4);
    direct.join();
    assertEquals(
        List.of("relay1", "direct1", "direct2", "relay2", "relay3", "direct3", "direct4", "relay4"),
        happened);
  }

  @Test
  void aTurnLastsForASmallPartOfTheRamp() throws InterruptedException {
    Turns turns = new Turns(1, Progress.NONE);
    turns.begin(RELAY);
    Thread direct = second(turns, 2, 600);
    go(turns, RELAY, 3, 600);
    direct.join();
    assertEquals(List.of("relay1", "relay2", "relay3", "direct1", "direct2"), happened);
  }

  @Test
  void whatEndsLeavesItsTurnToOneThatWaits() throws InterruptedException {
    Turns turns = new Turns(1, Progress.NONE);
    turns.begin(RELAY);
    Thread direct = second(turns, 1, 4);
    turns.end(RELAY);
    direct.join();
    turns.begin(RELAY);
    go(turns, RELAY, 1, 4);
    assertEquals(List.of("direct1", "relay1"), happened);
  }
}
