package besser.rig.real;

import besser.rig.device.Progress;
import besser.rig.run.RepetitionId;

/** Does something once, when a step has run for some seconds. */
final class FaultAt implements Progress {
  private final String step;
  private final double seconds;
  private final Runnable fault;
  private double began = -1;
  private boolean done;

  FaultAt(String step, double seconds, Runnable fault) {
    this.step = step;
    this.seconds = seconds;
    this.fault = fault;
  }

  @Override
  public synchronized void at(RepetitionId id, String now, double secondsDone, double total) {
    if (!now.equals(step) || done) return;
    if (began < 0) began = secondsDone;
    if (secondsDone - began + 1 < seconds) return;
    done = true;
    // Not on the sending thread, which the fault is to hit.
    Thread.ofPlatform().daemon().start(fault);
  }

  @Override
  public boolean stopRequested() {
    return false;
  }
}
