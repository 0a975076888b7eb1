package besser.metrics.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LongTableTest {
  @Test
  void holdsWhatAMapHolds() {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      // few keys make long probe runs and many removals in their middle
      int keys = 1 + random.nextInt(seed < 25 ? 60 : 2000);
      long spread = random.nextBoolean() ? 1 : 64;
      LongTable table = new LongTable();
      Map<Long, Long> map = new HashMap<>();
      for (int i = 0; i < 5000; i++) {
        long key = random.nextInt(keys) * spread;
        if (random.nextInt(5) < 3) {
          long value = random.nextLong() >>> 1;
          table.put(key, value);
          map.put(key, value);
        } else {
          Long removed = map.remove(key);
          assertEquals(removed == null ? LongTable.ABSENT : removed, table.remove(key));
        }
        assertEquals(map.size(), table.size());
      }
      for (long i = 0; i < keys; i++) {
        assertEquals(map.getOrDefault(i * spread, LongTable.ABSENT), table.get(i * spread));
      }
    }
  }

  @Test
  void takesNoMoreThanItsLimit() {
    LongTable table = new LongTable();
    for (long i = 0; i <= LongTable.LIMIT; i++) {
      table.put(i, i);
    }
    assertEquals(LongTable.LIMIT, table.size());
    assertEquals(LongTable.ABSENT, table.get(LongTable.LIMIT));
    table.put(3, 77);
    assertEquals(77, table.get(3));
    table.clear();
    assertTrue(table.get(3) == LongTable.ABSENT && table.size() == 0);
  }
}
