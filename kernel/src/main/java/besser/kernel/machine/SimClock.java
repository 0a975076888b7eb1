package besser.kernel.machine;

import besser.kernel.Clock;

/** Time as the running context sees it. */
final class SimClock implements Clock {
  private final Engine engine;

  SimClock(Engine engine) {
    this.engine = engine;
  }

  @Override
  public long ktimeNanos() {
    return engine.localTime();
  }

  @Override
  public long jiffies() {
    return engine.jiffies();
  }

  @Override
  public int hz() {
    return engine.config.hz();
  }

  @Override
  public long msecsToJiffies(long millis) {
    return (millis * hz() + 999) / 1000;
  }

  @Override
  public void msleep(int millis) {
    engine.scheduler.mightSleep(Functions.MSLEEP);
    engine.enter(Functions.MSLEEP);
    long left = msecsToJiffies(millis) + 1;
    SimTask self = engine.running.current;
    engine.scheduler.beginWait(self, this, true);
    while (left > 0) {
      self.state = SimTask.State.SLEEPING;
      left = self.sleepTimer.scheduleTimeout(left);
    }
    engine.scheduler.endWait(self);
    engine.leave();
  }

  @Override
  public void usleepRange(int minMicros, int maxMicros) {
    if (minMicros < 0 || maxMicros < minMicros) {
      throw new IllegalArgumentException(
          "need 0 <= min <= max, got " + minMicros + " and " + maxMicros);
    }
    engine.scheduler.mightSleep(Functions.USLEEP_RANGE);
    engine.enter(Functions.USLEEP_RANGE);
    SimTask self = engine.running.current;
    engine.scheduler.beginWait(self, this, true);
    self.sleepTimer.sleepRange(1000L * minMicros, 1000L * maxMicros);
    engine.scheduler.endWait(self);
    engine.leave();
  }

  @Override
  public void udelay(int micros) {
    engine.enter(Functions.UDELAY);
    engine.spend(1000L * micros);
    engine.point(Choice.Operation.OTHER, -1);
    engine.leave();
  }

  @Override
  public String toString() {
    return "sleep";
  }
}
