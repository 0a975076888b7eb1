package besser.check.liveness;

import besser.check.Checker;
import besser.check.Finding;
import besser.check.FindingKind;
import besser.check.RunEnd;
import besser.check.Site;
import besser.kernel.Task;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.observe.CallNode;
import besser.kernel.observe.Context;
import besser.kernel.observe.LockView;
import besser.kernel.observe.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Why a run did not end within its steps: somebody runnable was never let run (starvation), or
 * everybody ran and got nowhere (livelock). Schedules that leave a context now and then whatever it
 * does are needed for this: a strategy that never does starves anybody.
 */
public final class EndlessChecker implements Checker {
  private static final String NO_TIME =
      "operations take no time in an explored run: a timer may be what ends this on a device";

  private final List<@Nullable Activity> activities = new ArrayList<>();
  private final Map<Object, Long> runnableSince = new LinkedHashMap<>();
  private final Map<Work, Long> queuedSince = new LinkedHashMap<>();
  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private long operations;

  private static final class Activity {
    final Context context;
    CallNode stack;
    long last;

    Activity(Context context) {
      this.context = context;
      this.stack = context.stack();
    }
  }

  @Override
  public String checkerName() {
    return "liveness: what never ends";
  }

  @Override
  public List<Finding> findings() {
    return List.copyOf(findings.values());
  }

  private void active(Context by) {
    int id = by.id();
    while (activities.size() <= id) activities.add(null);
    Activity activity = activities.get(id);
    if (activity == null) {
      activity = new Activity(by);
      activities.set(id, activity);
    }
    activity.stack = by.stack();
    activity.last = ++operations;
  }

  @Override
  public void accessed(Variable variable, Variable.Access access, Context by) {
    active(by);
  }

  @Override
  public void lockAcquired(LockView lock, LockView.Mode mode, Context by) {
    if (lock.lockKind() != LockView.Kind.RAW_SPIN) active(by);
  }

  @Override
  public void woken(Task woken, Context by) {
    runnableSince.putIfAbsent(woken, operations);
  }

  @Override
  public void taskExited(Context task) {
    runnableSince.remove(task);
  }

  @Override
  public void switched(int cpu, Task from, Task to, boolean preempted) {
    if (preempted) runnableSince.putIfAbsent(from, operations);
    runnableSince.remove(to);
  }

  @Override
  public void workQueued(Work work, Workqueue queue, boolean accepted, Context by) {
    if (accepted) queuedSince.putIfAbsent(work, operations);
  }

  @Override
  public void workStarted(Work work, Workqueue queue, Context by) {
    queuedSince.remove(work);
  }

  @Override
  public void workCancelled(Work work, Context by) {
    queuedSince.remove(work);
  }

  @Override
  public void ended(RunEnd end) {
    if (!end.outOfSteps()) return;
    List<Site> busy = busy();
    queuedSince.forEach((work, since) -> starved(since, work.function().name(), "queued", busy));
    runnableSince.forEach(
        (task, since) -> {
          String name = ((Task) task).comm().replaceAll("[/:\\d].*", "");
          starved(since, name, "runnable", busy);
        });
    if (findings.isEmpty()) livelock(end, busy);
  }

  private boolean isLong(long since) {
    return operations - since > operations / 2 && operations > 0;
  }

  private void starved(long since, String who, String state, List<Site> busy) {
    if (!isLong(since)) return;
    add(
        new Finding(
            FindingKind.STARVATION,
            who + " is " + state + " and never runs",
            busy,
            List.of("meanwhile others did " + (operations - since) + " operations", NO_TIME),
            who));
  }

  private void livelock(RunEnd end, List<Site> busy) {
    TreeSet<String> functions = new TreeSet<>();
    for (Site site : busy) functions.add(site.function());
    String who = functions.isEmpty() ? "the machine" : String.join(", ", functions);
    add(
        new Finding(
            FindingKind.LIVELOCK,
            who + " go on forever and get nowhere",
            busy,
            List.of("the run was ended after " + end.steps() + " choices", NO_TIME),
            who));
  }

  /** Where the contexts are that have done something lately. */
  private List<Site> busy() {
    List<Site> busy = new ArrayList<>();
    for (Activity activity : activities) {
      if (activity == null || operations - activity.last > operations / 4) continue;
      busy.add(Site.of("goes on", activity.context.name(), activity.stack));
    }
    return busy;
  }

  private void add(Finding finding) {
    findings.putIfAbsent(finding.id(), finding);
  }
}
