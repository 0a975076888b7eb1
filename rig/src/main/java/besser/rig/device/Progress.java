package besser.rig.device;

import besser.rig.run.RepetitionId;

/** Told how far repetitions are; called from the threads that run them. */
public interface Progress {
  /** Nobody is told, and nobody stops the run. */
  Progress NONE =
      new Progress() {
        @Override
        public void at(RepetitionId repetition, String step, double done, double total) {}

        @Override
        public boolean stopRequested() {
          return false;
        }
      };

  /**
   * How far one repetition is.
   *
   * @param step the ramp's step that is running
   * @param secondsDone of the ramp, in the device's own time
   * @param secondsTotal of the ramp
   */
  void at(RepetitionId repetition, String step, double secondsDone, double secondsTotal);

  /** Whether the operator wants the run to stop. */
  boolean stopRequested();
}
