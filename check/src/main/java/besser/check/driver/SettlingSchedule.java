package besser.check.driver;

import besser.check.explore.StepsExhausted;
import besser.kernel.machine.Choice;
import besser.kernel.machine.Schedule;

/**
 * Lets a schedule decide in a part of a run only. Before it is begun and after it is ended nothing
 * interferes and the schedule is not asked: preparations are not what is checked, and a schedule
 * that may starve whomever it likes for seconds would make every time-out of a driver expire.
 */
final class SettlingSchedule implements Schedule {
  /** Choices in which no time passes before it does: interrupts may storm while somebody sleeps. */
  private static final int PATIENCE = 300;

  /** Choices of all settling: many times those of the longest storm that time can end. */
  private static final int LIMIT = 200_000;

  private final Schedule schedule;
  private final Runnable stuck;
  private int choices;
  private int timeless;
  private int asked;
  private boolean deciding;
  private boolean decided;

  /**
   * Nothing is decided yet.
   *
   * @param stuck told when, after the schedule's part, somebody goes on and on where no time may
   *     pass any more: at the very end of a part of the run
   */
  SettlingSchedule(Schedule schedule, Runnable stuck) {
    this.schedule = schedule;
    this.stuck = stuck;
  }

  /** From here on the schedule decides. */
  void begin() {
    deciding = true;
  }

  /** From here on nothing interferes. */
  void end() {
    deciding = false;
    decided = true;
  }

  @Override
  public Mode mode() {
    return schedule.mode();
  }

  @Override
  public int choose(Choice choice) {
    if (deciding) return schedule.choose(choice);
    if (++asked > LIMIT) throw new StepsExhausted(LIMIT);
    if (choice.kind() != Choice.Kind.RUN) return 0;
    int last = choice.options() - 1;
    if (choice.move(last) == Choice.Move.ADVANCE_TIME) return pass(last);
    if (decided && ++timeless == PATIENCE) stuck.run();
    return 0;
  }

  private int pass(int time) {
    timeless = 0;
    if (++choices < PATIENCE) return 0;
    choices = 0;
    return time;
  }
}
