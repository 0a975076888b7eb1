package besser.rig.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SequenceWindowTest {
  private static final long SIZE = 1 << 20;

  @Test
  void tellsLateOnesFromThoseThatCameBefore() {
    SequenceWindow window = new SequenceWindow();
    assertTrue(window.add(0));
    assertTrue(window.add(3));
    assertTrue(window.add(1));
    assertFalse(window.add(3));
    assertEquals(3, window.distinct());
    assertEquals(1, window.reordered());
    assertEquals(1, window.duplicated());
  }

  @Test
  void forgetsNothingWithinTheWindow() {
    SequenceWindow window = new SequenceWindow();
    window.add(0);
    window.add(SIZE - 1);
    assertFalse(window.add(0));
    assertTrue(window.add(1));
  }

  @Test
  void whatIsOlderThanTheWindowCountsAsSeen() {
    SequenceWindow window = new SequenceWindow();
    window.add(0);
    window.add(5 * SIZE + 7);
    assertFalse(window.add(4 * SIZE + 7));
    assertTrue(window.add(4 * SIZE + 8));
  }

  @Test
  void agreesWithASetOnShuffledTraffic() {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<Long> traffic = new ArrayList<>();
      for (long n = 0; n < 5000; n++) {
        if (random.nextInt(10) > 0) traffic.add(n);
        if (random.nextInt(20) == 0) traffic.add(n);
      }
      for (int i = 0; i + 30 < traffic.size(); i += 30) {
        Collections.shuffle(traffic.subList(i, i + 30), random);
      }
      SequenceWindow window = new SequenceWindow();
      HashSet<Long> seen = new HashSet<>();
      for (long n : traffic) assertEquals(seen.add(n), window.add(n), "seed " + seed);
      assertEquals(seen.size(), window.distinct(), "seed " + seed);
      assertEquals(traffic.size() - seen.size(), window.duplicated(), "seed " + seed);
    }
  }
}
