package besser.check.replay;

import besser.kernel.machine.Choice;

/**
 * One question of a run, named by who asks it and how often that was before, so that the name stays
 * when something else of the run is taken away. In text: {@code c5#17} (context 5 goes on, the 17th
 * time), {@code pick1#3} (CPU 1 takes a task), {@code resume#2}, {@code alloc:toy_data#0}, {@code
 * fault:sdio-irq-lost#4}.
 *
 * @param asker who asks
 * @param count how often it has asked before
 */
record Occasion(String asker, int count) {
  Occasion {
    if (asker.isBlank()) throw new IllegalArgumentException("asker must not be blank");
    if (count < 0) throw new IllegalArgumentException("count must be >= 0, got " + count);
  }

  static String asker(Choice choice) {
    return switch (choice.kind()) {
      case ALLOCATION -> "alloc:" + choice.site();
      case FAULT -> "fault:" + choice.site();
      case RUN -> {
        if (choice.move(0) == Choice.Move.CONTINUE) yield "c" + choice.actor(0);
        yield choice.site().equals("pick") ? "pick" + choice.cpu(0) : choice.site();
      }
    };
  }

  @Override
  public String toString() {
    return asker + "#" + count;
  }
}
