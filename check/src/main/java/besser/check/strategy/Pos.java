package besser.check.strategy;

import besser.kernel.machine.Choice;
import besser.kernel.machine.Choice.Operation;
import besser.kernel.machine.Schedule;
import besser.kernel.random.RandomStream;

/**
 * Partial order sampling (Yuan, Yang and Gu, CAV 2018): every context's next operation has a random
 * priority, the highest is done, and with it the priorities of those that conflict with it are
 * drawn anew. That spreads runs over partial orders instead of over interleavings, most of which
 * differ in nothing that matters.
 *
 * <p>Time passes when nobody can go on, and at one choice in {@value #TIME_ODDS} else.
 */
public final class Pos implements Strategy {
  private static final int TIME_ODDS = 256;

  @Override
  public String name() {
    return "pos";
  }

  @Override
  public String summary() {
    return "random priorities of operations, drawn anew where operations conflict, so that partial"
        + " orders are sampled evenly (POS, CAV 2018)";
  }

  @Override
  public ScheduleFeed feed(long seed, RunShape shape) {
    return new SeededFeed(seed, PosSchedule::new);
  }

  private static final class PosSchedule implements Schedule {
    private final RandomStream random;
    private final ActorTable table = new ActorTable();

    PosSchedule(long seed) {
      this.random = new RandomStream(seed, "pos");
    }

    @Override
    public Mode mode() {
      return Mode.EXPLORED;
    }

    @Override
    public int choose(Choice choice) {
      if (choice.kind() != Choice.Kind.RUN) return 0;
      int options = choice.options();
      boolean hasTime = choice.move(options - 1) == Choice.Move.ADVANCE_TIME;
      if (hasTime && random.nextInt(TIME_ODDS) == 0) return options - 1;
      int contexts = hasTime ? options - 1 : options;
      if (contexts == 0) return 0;
      int best = highest(choice, contexts);
      forget(choice, contexts, best);
      return best;
    }

    private int highest(Choice choice, int contexts) {
      int best = 0;
      long bestPriority = Long.MIN_VALUE;
      for (int option = 0; option < contexts; option++) {
        int actor = choice.actor(option);
        int index = table.indexOf(actor);
        long priority = index < 0 ? random.nextLong() : table.priority(index);
        if (index < 0) table.set(actor, priority);
        if (priority > bestPriority) {
          best = option;
          bestPriority = priority;
        }
      }
      return best;
    }

    private void forget(Choice choice, int contexts, int done) {
      table.remove(choice.actor(done));
      int object = choice.object(done);
      if (object < 0) return;
      for (int option = 0; option < contexts; option++) {
        boolean conflicts =
            option != done
                && choice.object(option) == object
                && !(isRead(choice.operation(option)) && isRead(choice.operation(done)));
        if (conflicts) table.remove(choice.actor(option));
      }
    }

    private static boolean isRead(Operation operation) {
      return operation == Operation.READ;
    }
  }
}
