package besser.rig.execution;

import besser.rig.device.Progress;
import besser.rig.device.RepetitionStopped;
import besser.rig.run.RepetitionId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lets more repetitions take part than run at a time: those that are least far. They come to their
 * ends together, so that no processor is left without work before the last has ended.
 */
final class Turns implements Progress {
  /** How much further one may be than one that waits, as a part of the ramp. */
  private static final double LEAD = 1 / 200.0;

  private final Progress progress;
  private final Map<RepetitionId, Place> places = new LinkedHashMap<>();
  private int free;

  /** Where a repetition is. */
  private static final class Place {
    private double done;
    private boolean running;
  }

  /**
   * Turns for so many at a time.
   *
   * @param progress told what {@link #at} is told
   */
  Turns(int atATime, Progress progress) {
    this.free = atATime;
    this.progress = progress;
  }

  /** Comes back when the repetition may run. */
  synchronized void begin(RepetitionId repetition) {
    Place place = new Place();
    places.put(repetition, place);
    if (free > 0) {
      free--;
      place.running = true;
    }
    awaitTurn(place);
  }

  /** The repetition runs no longer, however it ended. */
  synchronized void end(RepetitionId repetition) {
    Place place = places.remove(repetition);
    if (place == null || !place.running) return;
    Optional<Place> next = leastFarOfThoseThatWait();
    next.ifPresentOrElse(this::run, () -> free++);
  }

  @Override
  public void at(RepetitionId repetition, String step, double done, double total) {
    progress.at(repetition, step, done, total);
    giveWay(repetition, done, total * LEAD);
  }

  private synchronized void giveWay(RepetitionId repetition, double done, double lead) {
    Place place = places.get(repetition);
    if (place == null) return;
    place.done = done;
    Optional<Place> behind = leastFarOfThoseThatWait().filter(w -> w.done + lead <= done);
    if (behind.isEmpty()) return;
    place.running = false;
    run(behind.get());
    awaitTurn(place);
  }

  private Optional<Place> leastFarOfThoseThatWait() {
    return places.values().stream()
        .filter(place -> !place.running)
        .min((a, b) -> Double.compare(a.done, b.done));
  }

  private void run(Place place) {
    place.running = true;
    notifyAll();
  }

  private void awaitTurn(Place place) {
    try {
      while (!place.running) wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RepetitionStopped();
    }
  }

  @Override
  public boolean stopRequested() {
    return progress.stopRequested();
  }
}
