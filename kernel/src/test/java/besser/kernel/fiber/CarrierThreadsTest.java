package besser.kernel.fiber;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CarrierThreadsTest {
  private static final int THREADS = 3;

  @Test
  void runsAllAtTheSameTimeOnThreadsThatWereNotStartedOneAfterAnother() throws Exception {
    CyclicBarrier together = new CyclicBarrier(THREADS);
    Callable<Long> idOfThread =
        () -> {
          together.await(1, TimeUnit.MINUTES);
          return Thread.currentThread().threadId();
        };
    List<Long> ids = new ArrayList<>();
    try (ExecutorService pool = CarrierThreads.newPool(THREADS)) {
      for (Future<Long> id : pool.invokeAll(Collections.nCopies(THREADS, idOfThread))) {
        ids.add(id.get());
      }
    }
    List<Long> inOrder = ids.stream().sorted().distinct().toList();
    assertEquals(THREADS, inOrder.size());
    for (int i = 1; i < THREADS; i++) {
      // Four words of 8 bytes each per thread: 128 bytes and more from one to the other.
      assertTrue(inOrder.get(i) - inOrder.get(i - 1) >= 5, "next to each other: " + inOrder);
    }
  }
}
