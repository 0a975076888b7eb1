package besser.check.explore;

import besser.check.strategy.RunShape;
import besser.kernel.machine.Choice;
import besser.kernel.machine.Schedule;
import java.util.TreeMap;
import java.util.TreeSet;

/** Interferes nowhere and notes what it was asked. */
final class Pilot implements Schedule {
  private final TreeMap<String, Integer> occasions = new TreeMap<>();
  private final TreeSet<Integer> actors = new TreeSet<>();
  private int runChoices;

  @Override
  public Mode mode() {
    return Mode.EXPLORED;
  }

  @Override
  public int choose(Choice choice) {
    switch (choice.kind()) {
      case RUN -> {
        runChoices++;
        for (int option = 0; option < choice.options(); option++) {
          if (choice.move(option) != Choice.Move.ADVANCE_TIME) actors.add(choice.actor(option));
        }
      }
      case ALLOCATION, FAULT -> occasions.merge(choice.site(), 1, Integer::sum);
    }
    return 0;
  }

  RunShape shape() {
    return new RunShape(runChoices, actors.size(), occasions);
  }
}
