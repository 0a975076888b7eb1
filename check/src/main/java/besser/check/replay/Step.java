package besser.check.replay;

import besser.kernel.machine.Choice;

/**
 * One interference: at an occasion something else happens than in the undisturbed run. In text
 * {@code c5#17 -> cpu1:c6} (CPU 1 goes on), {@code c5#18 -> preempt0:c7}, {@code c5#20 -> irq0:40},
 * {@code c5#21 -> time} (time passes to the next event), {@code fault:sdio-irq-lost#4 -> yes}.
 *
 * @param at when
 * @param target what happens
 */
public record Step(Occasion at, String target) {
  private static final String ARROW = " -> ";

  public Step {
    if (target.isBlank()) throw new IllegalArgumentException("target must not be blank");
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException naming what cannot be read
   */
  public static Step parse(String text) {
    int arrow = text.indexOf(ARROW);
    int hash = arrow < 0 ? -1 : text.lastIndexOf('#', arrow);
    if (hash < 1) {
      throw new IllegalArgumentException("a step must be like c5#17 -> cpu1:c6, got " + text);
    }
    int count;
    try {
      count = Integer.parseInt(text.substring(hash + 1, arrow));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a step's count must be a number, got " + text, e);
    }
    return new Step(
        new Occasion(text.substring(0, hash), count), text.substring(arrow + ARROW.length()));
  }

  /** Whether it makes a fault occur or an allocation fail. */
  public boolean isFault() {
    return at.asker().indexOf(':') > 0;
  }

  /** The sort of fault, or the place of the allocation, of a step that {@link #isFault}. */
  public String faultSite() {
    return at.asker().substring(at.asker().indexOf(':') + 1);
  }

  static String target(Choice choice, int option) {
    if (choice.kind() != Choice.Kind.RUN) return "yes";
    return switch (choice.move(option)) {
      case CONTINUE -> "go on";
      case OTHER_CPU -> "cpu" + choice.cpu(option) + ":c" + choice.actor(option);
      case PREEMPT -> "preempt" + choice.cpu(option) + ":c" + choice.actor(option);
      case DELIVER_IRQ -> "irq" + choice.cpu(option) + ":" + (-1 - choice.actor(option));
      case ADVANCE_TIME -> "time";
    };
  }

  /** The option that does this; 0 when the run has come to be such that none does. */
  int option(Choice choice) {
    for (int option = 1; option < choice.options(); option++) {
      if (target.equals(target(choice, option))) return option;
    }
    return 0;
  }

  @Override
  public String toString() {
    return at + ARROW + target;
  }
}
