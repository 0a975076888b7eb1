package besser.metrics.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.EventFormat;
import besser.trace.Field;
import besser.trace.MemoryEvent;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LockNameTest {
  private static final Field NAME =
      new Field("name", "__data_loc char[]", 0, 0, 4, 1, true, Field.Kind.DYNAMIC_TEXT);
  private static final EventFormat FORMAT =
      new EventFormat(1, "lock", "lock_acquire", List.of(), List.of(NAME), "");

  @Test
  void comparesAnEventsTextAsItDoesAString() {
    String[] parts = {"&", "a", "b", "->", ".", "ab", "-", ">", "lock"};
    MemoryEvent event = new MemoryEvent(FORMAT);
    SplittableRandom random = new SplittableRandom(7);
    int matches = 0;
    for (int i = 0; i < 20_000; i++) {
      String name = join(random, parts);
      String text = join(random, parts);
      event.begin(FORMAT, 0, 0, 0, "");
      event.set(NAME, text);
      boolean expected = LockName.of(name).matches(text);
      assertEquals(expected, LockName.of(name).matches(event, NAME), name + " in " + text);
      matches += expected ? 1 : 0;
    }
    assertTrue(matches > 200, "the generator must make matches, made " + matches);
  }

  private static String join(SplittableRandom random, String[] parts) {
    StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "" : "a");
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }
}
