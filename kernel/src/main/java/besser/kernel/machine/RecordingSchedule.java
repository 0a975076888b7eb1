package besser.kernel.machine;

import java.util.Arrays;

/** Keeps the answers that another schedule gives. */
public final class RecordingSchedule implements Schedule {
  private final Schedule schedule;
  private int[] answers = new int[256];
  private int size;

  /** Records what {@code schedule} answers. */
  public RecordingSchedule(Schedule schedule) {
    this.schedule = schedule;
  }

  @Override
  public Mode mode() {
    return schedule.mode();
  }

  @Override
  public int choose(Choice choice) {
    int answer = schedule.choose(choice);
    if (size == answers.length) answers = Arrays.copyOf(answers, 2 * size);
    answers[size++] = answer;
    return answer;
  }

  /** The answers so far. */
  public Decisions decisions() {
    return Decisions.of(Arrays.copyOf(answers, size));
  }

  /** How many questions were asked so far. */
  public int questions() {
    return size;
  }
}
