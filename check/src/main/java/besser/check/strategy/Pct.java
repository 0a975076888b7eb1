package besser.check.strategy;

import besser.kernel.machine.Choice;
import besser.kernel.machine.Schedule;
import besser.kernel.random.RandomStream;
import java.util.Arrays;

/**
 * Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi and Nagarakatte, ASPLOS 2010):
 * every context has a random priority, the highest goes on, and at {@code depth - 1} random steps
 * the running one drops below all others. A defect of depth d among n contexts and k steps is hit
 * with a probability of at least {@code 1 / (n * k^(d-1))}.
 *
 * <p>Here an interrupt line is a context too. Time is none: it passes when nobody can go on, and at
 * up to two random steps. The depth is drawn for each run.
 */
public final class Pct implements Strategy {
  private static final int MAX_DEPTH = 5;
  private static final int MAX_TIMES = 2;

  @Override
  public String name() {
    return "pct";
  }

  @Override
  public String summary() {
    return "random priorities with a few changes, so that few ordering constraints are hit with a"
        + " known probability (PCT, ASPLOS 2010)";
  }

  @Override
  public ScheduleFeed feed(long seed, RunShape shape) {
    int steps = Math.max(1, shape.runChoices());
    return new SeededFeed(seed, runSeed -> new PctSchedule(runSeed, steps));
  }

  private static final class PctSchedule implements Schedule {
    private final RandomStream random;
    private final ActorTable table = new ActorTable();
    private final int[] changes;
    private final int[] times;
    private int nextChange;
    private int nextTime;
    private int step;

    PctSchedule(long seed, int steps) {
      this.random = new RandomStream(seed, "pct");
      this.changes = points(random.nextInt(MAX_DEPTH), steps);
      this.times = points(random.nextInt(MAX_TIMES + 1), steps);
    }

    private int[] points(int count, int steps) {
      int[] points = new int[count];
      for (int i = 0; i < count; i++) points[i] = random.nextInt(steps);
      Arrays.sort(points);
      return points;
    }

    @Override
    public Mode mode() {
      return Mode.EXPLORED;
    }

    @Override
    public int choose(Choice choice) {
      if (choice.kind() != Choice.Kind.RUN) return 0;
      step++;
      int last = choice.options() - 1;
      boolean hasTime = choice.move(last) == Choice.Move.ADVANCE_TIME;
      if (nextTime < times.length && step > times[nextTime] && hasTime) {
        nextTime++;
        return last;
      }
      int best = highest(choice, hasTime ? last : last + 1);
      if (nextChange < changes.length && step > changes[nextChange]) {
        // Below all others, and below those that dropped before.
        table.set(choice.actor(best), -1 - nextChange);
        nextChange++;
        best = highest(choice, hasTime ? last : last + 1);
      }
      return best;
    }

    private int highest(Choice choice, int options) {
      int best = 0;
      long bestPriority = Long.MIN_VALUE;
      for (int option = 0; option < options; option++) {
        int actor = choice.actor(option);
        int index = table.indexOf(actor);
        long priority = index < 0 ? random.nextLong() >>> 1 : table.priority(index);
        if (index < 0) table.set(actor, priority);
        if (priority > bestPriority) {
          best = option;
          bestPriority = priority;
        }
      }
      return best;
    }
  }
}
