package besser.kernel.fiber;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that run simulated machines side by side without slowing each other down.
 *
 * <p>Each time a fiber is run, HotSpot writes a word that belongs to the thread which carries it
 * ({@code JavaThread::_scopedValueCache}). These words lie next to each other in the order in which
 * threads start, four for each, so that two neighbours share a cache line and take it from each
 * other at every run. Threads that only wait are started between them, and end again.
 */
public final class CarrierThreads {
  /** Of 32 bytes each: two cache lines, as processors may fetch them in pairs. */
  private static final int BETWEEN = 4;

  private CarrierThreads() {}

  /** A pool of so many threads, all started. */
  public static ExecutorService newPool(int threads) {
    CountDownLatch allStarted = new CountDownLatch(1);
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    try {
      while (pool.prestartCoreThread()) keepApart(allStarted);
    } finally {
      allStarted.countDown();
    }
    return pool;
  }

  private static void keepApart(CountDownLatch allStarted) {
    for (int i = 0; i < BETWEEN; i++) {
      Thread.ofPlatform().name("between-carriers").daemon().start(() -> await(allStarted));
    }
  }

  private static void await(CountDownLatch allStarted) {
    try {
      allStarted.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
