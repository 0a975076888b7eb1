package besser.check.strategy;

import besser.kernel.machine.Choice;
import besser.kernel.machine.Schedule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every schedule with at most so many interferences, those with few first: for small programs. An
 * interference is an answer other than the undisturbed one, so this is delay bounding (Emmi, Qadeer
 * and Rakamaric, POPL 2011) taken in the order of iterative context bounding (Musuvathi and Qadeer,
 * PLDI 2007). Faults and failing allocations count as interferences.
 */
public final class BoundedExhaustive implements Strategy {
  /** What small programs can be searched to in seconds. */
  public static final int DEFAULT_BOUND = 3;

  private final int bound;

  /** All schedules with at most {@code bound} interferences, at least 0. */
  public BoundedExhaustive(int bound) {
    if (bound < 0) throw new IllegalArgumentException("bound must be >= 0, got " + bound);
    this.bound = bound;
  }

  @Override
  public String name() {
    return bound == DEFAULT_BOUND ? "exhaustive" : "exhaustive:" + bound;
  }

  @Override
  public String summary() {
    return "every schedule with at most "
        + bound
        + " interferences, few first (delay bounding,"
        + " POPL 2011)";
  }

  @Override
  public ScheduleFeed feed(long seed, RunShape shape) {
    return new Frontier(bound);
  }

  private static final class Frontier implements ScheduleFeed {
    private final int bound;
    private final ArrayDeque<Deviating> parents = new ArrayDeque<>();
    private List<Deviating> batch = List.of();
    private boolean begun;

    Frontier(int bound) {
      this.bound = bound;
    }

    @Override
    public List<Schedule> next(int limit) {
      List<Deviating> taken = new ArrayList<>(limit);
      if (!begun) {
        begun = true;
        taken.add(new Deviating(new int[0], new int[0]));
      }
      while (taken.size() < limit && !parents.isEmpty()) {
        Deviating child = parents.element().nextChild();
        if (child == null) {
          parents.remove();
        } else {
          taken.add(child);
        }
      }
      batch = taken;
      return List.copyOf(taken);
    }

    @Override
    public void batchDone() {
      for (Deviating run : batch) {
        if (run.deviations() < bound) parents.add(run);
      }
      batch = List.of();
    }
  }

  /** Answers 0 except at given questions, and notes how many options there were. */
  private static final class Deviating implements Schedule {
    private final int[] at;
    private final int[] answers;
    private byte[] options = new byte[64];
    private int asked;
    private int next;
    private int childAt;
    private int childAnswer;

    Deviating(int[] at, int[] answers) {
      this.at = at;
      this.answers = answers;
      this.childAt = at.length == 0 ? 0 : at[at.length - 1] + 1;
    }

    int deviations() {
      return at.length;
    }

    @Override
    public Mode mode() {
      return Mode.EXPLORED;
    }

    @Override
    public int choose(Choice choice) {
      int question = asked++;
      if (question == options.length) options = Arrays.copyOf(options, 2 * question);
      options[question] = (byte) Math.min(choice.options(), Byte.MAX_VALUE);
      if (next == at.length || at[next] != question) return 0;
      return Math.min(answers[next++], choice.options() - 1);
    }

    @org.jspecify.annotations.Nullable
    Deviating nextChild() {
      while (childAt < asked) {
        if (++childAnswer < options[childAt]) return child();
        childAnswer = 0;
        childAt++;
      }
      return null;
    }

    private Deviating child() {
      int[] childrenAt = Arrays.copyOf(at, at.length + 1);
      int[] childrenAnswers = Arrays.copyOf(answers, answers.length + 1);
      childrenAt[at.length] = childAt;
      childrenAnswers[at.length] = childAnswer;
      return new Deviating(childrenAt, childrenAnswers);
    }
  }
}
