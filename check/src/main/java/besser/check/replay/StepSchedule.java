package besser.check.replay;

import besser.kernel.machine.Choice;
import besser.kernel.machine.Schedule;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Interferes in given steps and nowhere else; a step whose occasion does not come is left out. */
public final class StepSchedule implements Schedule {
  private final AskerCounts counts = new AskerCounts();
  private final Map<Integer, Map<String, Step>> byCount = new HashMap<>();

  /** A schedule for one run. */
  public StepSchedule(Collection<Step> steps) {
    for (Step step : steps) {
      byCount
          .computeIfAbsent(step.at().count(), count -> new HashMap<>())
          .put(step.at().asker(), step);
    }
  }

  @Override
  public Mode mode() {
    return Mode.EXPLORED;
  }

  @Override
  public int choose(Choice choice) {
    Map<String, Step> candidates = byCount.get(counts.next(choice));
    if (candidates == null) return 0;
    @Nullable Step step = candidates.get(Occasion.asker(choice));
    if (step == null) return 0;
    return choice.kind() == Choice.Kind.RUN ? step.option(choice) : 1;
  }
}
