package besser.bes2600.card;

import besser.bes2600.environment.Environment;
import java.util.ArrayDeque;

/** The firmware's processor: one job at a time, in the order of arrival. */
final class Processor {
  private final Environment environment;
  private final ArrayDeque<Runnable> jobs = new ArrayDeque<>();
  private final ArrayDeque<Long> costs = new ArrayDeque<>();
  private final Runnable jobDone = this::jobDone;
  private boolean hung;
  private long busyNanos;

  Processor(Environment environment) {
    this.environment = environment;
  }

  /** Runs {@code job} when everything before it is done and {@code costNanos} have passed. */
  void submit(long costNanos, Runnable job) {
    if (hung) return;
    jobs.add(job);
    costs.add(costNanos);
    if (jobs.size() == 1) begin();
  }

  /** It stops for good. */
  void hang() {
    hung = true;
  }

  boolean isHung() {
    return hung;
  }

  /** Total time that it has been busy, in nanoseconds. */
  long busyNanos() {
    return busyNanos;
  }

  private void begin() {
    long cost = costs.element();
    busyNanos += cost;
    environment.after(cost, jobDone);
  }

  private void jobDone() {
    if (hung) return;
    costs.remove();
    jobs.element().run();
    // Removed after it ran, so that a job it submits waits its turn.
    jobs.remove();
    if (!jobs.isEmpty()) begin();
  }
}
