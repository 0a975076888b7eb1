package besser.check.campaign;

import besser.check.Finding;
import besser.check.explore.RunOutcome;
import besser.check.explore.Runner;
import besser.check.replay.Shrinker;
import besser.check.replay.Step;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What else the runs showed that shrank one finding: findings come in groups with one cause, and
 * what is simple for one of them mostly is for the others.
 */
final class ByCatch implements Shrinker.Watch {
  private record Catch(Runner runner, List<Step> steps) {}

  private final Set<String> wanted;
  private final BooleanSupplier stop;
  private final Map<String, Catch> simplest = new LinkedHashMap<>();

  /** Keeps runs that show findings with these ids, and passes on whether to stop. */
  ByCatch(Set<String> wanted, BooleanSupplier stop) {
    this.wanted = wanted;
    this.stop = stop;
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }

  @Override
  public void ran(Runner runner, List<Step> steps, RunOutcome outcome) {
    for (Finding finding : outcome.findings()) {
      if (!wanted.contains(finding.id())) continue;
      Catch known = simplest.get(finding.id());
      if (known != null && known.steps.size() <= steps.size()) continue;
      simplest.put(finding.id(), new Catch(runner, List.copyOf(steps)));
    }
  }

  /** Offers what was caught to findings that are still to be shrunk. */
  void offerTo(List<Raised> raised) {
    Map<String, Raised> byId = new HashMap<>();
    for (Raised one : raised) byId.put(one.id(), one);
    simplest.forEach(
        (id, caught) -> {
          Raised one = byId.get(id);
          if (one != null) one.offer(caught.runner(), caught.steps());
        });
  }
}
