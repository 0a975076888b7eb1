package besser.check.explore;

import besser.check.Finding;
import besser.check.coverage.Coverage;
import besser.check.strategy.ScheduleFeed;
import besser.kernel.machine.Schedule;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * Searches a program's schedules. Runs are numbered in the order in which the strategy gives them,
 * shared out among threads, and merged by number: threads change the speed and nothing else.
 */
public final class Explorer {
  /** Constant, since a strategy may learn between batches. */
  private static final int BATCH = 128;

  private final SearchRequest request;
  private final SearchProgress progress;
  private final long deadline;
  private final long began;
  private final Map<String, Found> found = new LinkedHashMap<>();
  private final Coverage coverage = new Coverage();
  private long schedules;
  private long steps;
  private boolean stopped;

  private Explorer(SearchRequest request, SearchProgress progress) {
    this.request = request;
    this.progress = progress;
    this.began = System.nanoTime();
    Duration time = request.budget().time();
    this.deadline = request.budget().isTimed() ? began + time.toNanos() : Long.MAX_VALUE;
  }

  /**
   * Searches until the budget is used up or the strategy has no more schedules. The first run is
   * always the undisturbed one.
   *
   * @throws IllegalStateException when the thread is interrupted
   */
  public static Exploration search(SearchRequest request, SearchProgress progress) {
    return new Explorer(request, progress).search();
  }

  private Exploration search() {
    Pilot pilot = new Pilot();
    merge(request.runner().run(pilot));
    ScheduleFeed feed = request.strategy().feed(request.seed(), pilot.shape());
    boolean exhausted = false;
    try (ExecutorService threads = Executors.newFixedThreadPool(request.workers())) {
      while (!stopped && !exhausted && hasBudget()) {
        List<Schedule> batch =
            feed.next((int) Math.min(BATCH, request.budget().schedules() - schedules));
        exhausted = batch.isEmpty();
        runBatch(threads, batch);
        feed.batchDone();
        progress.at(schedules, found.size());
      }
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
    return new Exploration(
        List.copyOf(found.values()), schedules, steps, exhausted, coverage, elapsed);
  }

  private boolean hasBudget() {
    return schedules < request.budget().schedules() && mayGoOn();
  }

  private boolean mayGoOn() {
    boolean inTime = deadline == Long.MAX_VALUE || System.nanoTime() - deadline < 0;
    return inTime && !progress.stopRequested();
  }

  private void runBatch(ExecutorService threads, List<Schedule> batch) {
    AtomicReferenceArray<RunOutcome> outcomes = new AtomicReferenceArray<>(batch.size());
    AtomicInteger next = new AtomicInteger();
    Callable<Boolean> worker =
        () -> {
          while (mayGoOn()) {
            int index = next.getAndIncrement();
            if (index >= batch.size()) break;
            outcomes.set(index, request.runner().run(batch.get(index)));
          }
          return true;
        };
    await(threads, worker);
    // Numbers are taken in order, so what ran is a prefix.
    for (int i = 0; i < batch.size() && !stopped; i++) {
      RunOutcome outcome = outcomes.get(i);
      if (outcome == null) break;
      merge(outcome);
    }
  }

  private void await(ExecutorService threads, Callable<Boolean> worker) {
    List<Callable<Boolean>> workers =
        IntStream.range(0, request.workers()).mapToObj(i -> worker).toList();
    try {
      for (Future<Boolean> done : threads.invokeAll(workers)) done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while exploring", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run failed outside the simulation", e.getCause());
    }
  }

  private void merge(RunOutcome outcome) {
    for (Finding finding : outcome.findings()) {
      found.merge(finding.id(), Found.in(finding, schedules, outcome.decisions()), Found::or);
    }
    coverage.add(outcome.coverage());
    schedules++;
    steps += outcome.end().steps();
    if (request.untilFound() && !found.isEmpty()) stopped = true;
  }
}
