package besser.kernel.machine;

import besser.kernel.Clock;

/** The timers a task sleeps on: {@code schedule_timeout} and {@code usleep_range}. */
final class SleepTimer {
  private final Engine engine;
  private final SimTask task;
  private final SimTimer timer;
  private boolean expired;
  long softNanos;
  long hardNanos;
  long ticket;

  SleepTimer(Engine engine, SimTask task) {
    this.engine = engine;
    this.task = task;
    this.timer = new SimTimer(engine, Functions.PROCESS_TIMEOUT, false, this::expired);
  }

  private void expired() {
    engine.point(Choice.Operation.WAKE, task.id());
    engine.scheduler.wake(task);
  }

  /**
   * {@code schedule_timeout}: the task's state says whether it sleeps.
   *
   * @return jiffies left, 0 when the time ran out
   */
  long scheduleTimeout(long timeoutJiffies) {
    if (timeoutJiffies == Clock.MAX_SCHEDULE_TIMEOUT) {
      engine.scheduler.schedule(false);
      return timeoutJiffies;
    }
    engine.enter(Functions.SCHEDULE_TIMEOUT);
    long expire = engine.jiffies() + timeoutJiffies;
    timer.mod(expire);
    engine.scheduler.schedule(false);
    timer.deleteSync();
    engine.leave();
    return Math.max(0, expire - engine.jiffies());
  }

  /** Sleeps between the two; in the task itself. */
  void sleepRange(long minNanos, long maxNanos) {
    softNanos = engine.localTime() + minNanos;
    hardNanos = engine.localTime() + maxNanos;
    expired = false;
    engine.running.hrtimers.add(this);
    while (!expired) {
      task.state = SimTask.State.SLEEPING;
      engine.scheduler.schedule(false);
    }
  }

  void hrExpired() {
    expired = true;
    engine.scheduler.wake(task);
  }
}
