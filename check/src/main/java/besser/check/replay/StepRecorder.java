package besser.check.replay;

import besser.kernel.machine.Choice;
import besser.kernel.machine.Schedule;
import java.util.ArrayList;
import java.util.List;

/** Notes in which steps another schedule interferes. */
final class StepRecorder implements Schedule {
  private final Schedule schedule;
  private final AskerCounts counts = new AskerCounts();
  private final List<Step> steps = new ArrayList<>();

  StepRecorder(Schedule schedule) {
    this.schedule = schedule;
  }

  @Override
  public Mode mode() {
    return schedule.mode();
  }

  @Override
  public int choose(Choice choice) {
    int count = counts.next(choice);
    int answer = schedule.choose(choice);
    if (answer != 0) {
      Occasion at = new Occasion(Occasion.asker(choice), count);
      steps.add(new Step(at, Step.target(choice, answer)));
    }
    return answer;
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }
}
