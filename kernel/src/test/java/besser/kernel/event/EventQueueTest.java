package besser.kernel.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  @Test
  void deliversByTimeAndEqualTimesInOrderOfAdding() {
    EventQueue<String> queue = new EventQueue<>();
    queue.add(20, "c");
    queue.add(10, "a");
    queue.add(20, "d");
    queue.add(10, "b");
    List<String> order = new ArrayList<>();
    while (!queue.isEmpty()) order.add(queue.poll());
    assertEquals(List.of("a", "b", "c", "d"), order);
  }

  @Test
  void tellsThatNothingIsToComeWhenEmpty() {
    EventQueue<String> queue = new EventQueue<>();
    assertEquals(Long.MAX_VALUE, queue.nextTimeNanos());
    assertThrows(IllegalStateException.class, queue::poll);
  }

  @Test
  void forgetsACancelledEventAndRefusesToCancelItTwice() {
    EventQueue<String> queue = new EventQueue<>();
    long first = queue.add(1, "first");
    queue.add(2, "second");
    assertTrue(queue.cancel(first));
    assertFalse(queue.cancel(first));
    assertEquals(1, queue.size());
    assertEquals(2, queue.nextTimeNanos());
    assertEquals("second", queue.poll());
  }

  @Test
  void doesNotCancelTheEventThatReusesASlot() {
    EventQueue<String> queue = new EventQueue<>();
    long old = queue.add(1, "old");
    queue.poll();
    queue.add(2, "new");
    assertFalse(queue.cancel(old));
    assertEquals("new", queue.poll());
  }

  @Test
  void agreesWithASortedMapOverRandomOperations() {
    RandomStream random = new RandomStream(7, "event queue");
    EventQueue<Long> queue = new EventQueue<>();
    TreeMap<Long, Long> tickets = new TreeMap<>();
    TreeMap<Long, Long> model = new TreeMap<>();
    for (long i = 0; i < 200_000; i++) {
      int choice = random.nextInt(10);
      if (choice < 5 || model.isEmpty()) {
        long time = random.nextInt(1000);
        long key = time << 32 | i;
        tickets.put(key, queue.add(time, key));
        model.put(key, key);
      } else if (choice < 8) {
        assertEquals(model.firstKey() >>> 32, queue.nextTimeNanos());
        assertEquals(model.pollFirstEntry().getKey(), queue.poll());
      } else {
        Long from = model.ceilingKey((long) random.nextInt(1000) << 32);
        long key = from == null ? model.lastKey() : from;
        model.remove(key);
        assertTrue(queue.cancel(Objects.requireNonNull(tickets.get(key))));
      }
      assertEquals(model.size(), queue.size());
    }
  }
}
