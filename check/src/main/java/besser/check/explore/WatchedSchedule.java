package besser.check.explore;

import besser.kernel.machine.Choice;
import besser.kernel.machine.Decisions;
import besser.kernel.machine.Schedule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps another schedule's answers, ends a run that asks too many, and is fair: a context that has
 * gone on for long, while others could, lets each of them go on in turn, and in a run that has
 * become long everybody gets a turn now and then, whatever the schedule would rather do. Without
 * fairness every loop that polls would count as endless (Musuvathi and Qadeer, "Fair stateless
 * model checking", PLDI 2008).
 */
final class WatchedSchedule implements Schedule {
  /** Choices in a row that one context may win. */
  private static final int PATIENCE = 500;

  /** Choices after which a run is long: several times those of a healthy one. */
  private static final int LONG = 10_000;

  /** How often somebody gets a turn in a long run, and for how many choices. */
  private static final int TURN_EVERY = 256;

  private static final int TURN_LENGTH = 64;

  private final Schedule schedule;
  private final int limit;
  private int[] answers = new int[512];
  private final Map<String, Boolean> faults = new LinkedHashMap<>();
  private int size;
  private int inARow;
  private int turn;

  WatchedSchedule(Schedule schedule, int limit) {
    this.schedule = schedule;
    this.limit = limit;
  }

  @Override
  public Mode mode() {
    return schedule.mode();
  }

  @Override
  public int choose(Choice choice) {
    if (size >= limit) throw new StepsExhausted(limit);
    int answer = schedule.choose(choice);
    if (choice.kind() == Choice.Kind.RUN) {
      answer = fair(choice, answer);
    } else {
      faults.merge(choice.site(), answer == 1, Boolean::logicalOr);
    }
    if (size == answers.length) answers = Arrays.copyOf(answers, 2 * size);
    answers[size++] = answer;
    return answer;
  }

  private int fair(Choice choice, int answer) {
    if (choice.options() == 1) return answer;
    if (size > LONG) {
      int phase = size % TURN_EVERY;
      if (phase == 0) return turn(choice);
      if (phase < TURN_LENGTH) return 0;
    }
    if (answer != 0 || choice.move(0) != Choice.Move.CONTINUE) {
      inARow = 0;
      return answer;
    }
    return ++inARow < PATIENCE ? answer : turn(choice);
  }

  private int turn(Choice choice) {
    inARow = 0;
    return 1 + turn++ % (choice.options() - 1);
  }

  /** The faults that were possible, and whether they occurred. */
  Map<String, Boolean> faults() {
    return faults;
  }

  int steps() {
    return size;
  }

  Decisions decisions() {
    return Decisions.of(Arrays.copyOf(answers, size));
  }
}
