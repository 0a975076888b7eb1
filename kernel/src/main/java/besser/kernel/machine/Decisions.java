package besser.kernel.machine;

import java.util.Arrays;

/**
 * The answers of a schedule in order: with the configuration, all that is needed to run the same
 * again. Immutable. The text form is what replay files hold: numbers, with {@code n*} before one
 * that comes n times, such as {@code 12*0 1 3*0 2}; zeros at the end are left out.
 */
public final class Decisions {
  private final int[] answers;

  private Decisions(int[] answers) {
    int length = answers.length;
    while (length > 0 && answers[length - 1] == 0) length--;
    this.answers = Arrays.copyOf(answers, length);
  }

  /** The given answers, each at least 0. */
  public static Decisions of(int... answers) {
    for (int answer : answers) {
      if (answer < 0) throw new IllegalArgumentException("answer must be >= 0, got " + answer);
    }
    return new Decisions(answers);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException naming the word that is none
   */
  public static Decisions parse(String text) {
    int[] answers = new int[16];
    int size = 0;
    for (String word : text.strip().split("\\s+", -1)) {
      if (word.isEmpty()) continue;
      int star = word.indexOf('*');
      int times = star < 0 ? 1 : number(word.substring(0, star), word);
      int answer = number(word.substring(star + 1), word);
      while (size + times > answers.length) answers = Arrays.copyOf(answers, 2 * answers.length);
      Arrays.fill(answers, size, size + times, answer);
      size += times;
    }
    return new Decisions(Arrays.copyOf(answers, size));
  }

  private static int number(String digits, String word) {
    try {
      int value = Integer.parseInt(digits);
      if (value >= 0) return value;
    } catch (NumberFormatException e) {
      // Said below, with the word it is in.
    }
    throw new IllegalArgumentException("decisions must be numbers like 0 or 12*0, got " + word);
  }

  /** How many there are, zeros at the end apart. */
  public int size() {
    return answers.length;
  }

  /** An answer; 0 beyond the end. */
  public int answer(int index) {
    return index < answers.length ? answers[index] : 0;
  }

  /** How many of them are not 0: the steps in which the schedule interfered. */
  public int interferences() {
    int count = 0;
    for (int answer : answers) {
      if (answer != 0) count++;
    }
    return count;
  }

  /** The same with one answer replaced. */
  public Decisions with(int index, int answer) {
    int[] changed = Arrays.copyOf(answers, Math.max(answers.length, index + 1));
    changed[index] = answer;
    return of(changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Decisions d && Arrays.equals(answers, d.answers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(answers);
  }

  /** The text form. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < answers.length) {
      int end = i + 1;
      while (end < answers.length && answers[end] == answers[i]) end++;
      if (i > 0) text.append(' ');
      if (end - i > 1) text.append(end - i).append('*');
      text.append(answers[i]);
      i = end;
    }
    return text.toString();
  }
}
