package besser.check.liveness;

import besser.check.Checker;
import besser.check.Finding;
import besser.check.FindingKind;
import besser.check.RunEnd;
import besser.check.Site;
import besser.kernel.Task;
import besser.kernel.WaitQueue;
import besser.kernel.observe.CallNode;
import besser.kernel.observe.Context;
import besser.kernel.observe.LockView;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who waits at the end of a run for what will never come: CPUs and tasks that wait for each other's
 * locks (deadlock), waiters whose condition is true (lost wake-up), waiters for completions, work
 * or tasks that never end (stall). Also waits that only their timeout ended although the condition
 * was true and nobody called {@code wake_up} then or later.
 */
public final class BlockedChecker implements Checker {
  private static final String TIMER_FUNCTION = "process_timeout";

  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private final IdentityHashMap<LockView, Context> owners = new IdentityHashMap<>();
  private final List<@Nullable Wait> acquiring = new ArrayList<>();
  private final List<Blocked> blocked = new ArrayList<>();
  private final IdentityHashMap<Object, Boolean> lastCondition = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Object> waitsOn = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Object> rescued = new IdentityHashMap<>();
  private final Map<Object, Finding> suspicions = new LinkedHashMap<>();

  private record Wait(LockView lock, Context by, CallNode stack) {
    Site site(String what) {
      return Site.of(what, by.name(), stack);
    }
  }

  private record Blocked(Task task, Object what, Site site) {}

  @Override
  public String checkerName() {
    return "liveness: who is blocked";
  }

  @Override
  public List<Finding> findings() {
    return List.copyOf(findings.values());
  }

  private void add(Finding finding) {
    findings.putIfAbsent(finding.id(), finding);
  }

  // Locks.

  @Override
  public void lockAcquiring(LockView lock, LockView.Mode mode, Context by) {
    if (lock.lockKind() == LockView.Kind.RAW_SPIN) return;
    while (acquiring.size() <= by.id()) acquiring.add(null);
    acquiring.set(by.id(), new Wait(lock, by, by.stack()));
  }

  @Override
  public void lockAcquired(LockView lock, LockView.Mode mode, Context by) {
    if (lock.lockKind() == LockView.Kind.RAW_SPIN) return;
    if (by.id() < acquiring.size()) acquiring.set(by.id(), null);
    owners.put(lock, by);
  }

  @Override
  public void lockReleased(LockView lock, Context by) {
    if (lock.lockKind() != LockView.Kind.RAW_SPIN) owners.remove(lock);
  }

  // Wait queues.

  @Override
  public void waitBegan(Object what, long timeoutJiffies, Context by) {
    if (what instanceof WaitQueue) waitsOn.put(by, what);
  }

  @Override
  public void conditionEvaluated(WaitQueue queue, boolean result, Context by) {
    lastCondition.put(by, result);
    if (result && queue.equals(rescued.get(by))) {
      String where = by.stack().isRoot() ? "?" : by.stack().function().name();
      suspicions.put(
          queue,
          new Finding(
              FindingKind.STALL,
              "only its timeout ended a wait on " + queue + " whose condition was true",
              List.of(Site.of("waits on " + queue, by)),
              List.of("nobody called wake_up on it then or later"),
              "timeout ended wait on " + queue + " in " + where));
    }
    if (!result) rescued.remove(by);
  }

  @Override
  public void woken(Task woken, Context by) {
    Object queue = waitsOn.get(woken);
    if (queue == null) return;
    CallNode caller = by.stack().caller();
    boolean byTimer = !caller.isRoot() && caller.function().name().equals(TIMER_FUNCTION);
    if (byTimer) {
      rescued.put(woken, queue);
    } else {
      rescued.remove(woken);
    }
  }

  @Override
  public void wakeCalled(Object what, Context by) {
    suspicions.remove(what);
    rescued.values().removeIf(what::equals);
  }

  @Override
  public void waitEnded(Object what, boolean timedOut, Context by) {
    waitsOn.remove(by);
    rescued.remove(by);
  }

  // The end.

  @Override
  public void blockedForever(Task task, Object what) {
    Site site =
        task instanceof Context context
            ? Site.of("waits for " + what, context)
            : new Site("waits for " + what, task.comm(), List.of());
    blocked.add(new Blocked(task, what, site));
  }

  @Override
  public void ended(RunEnd end) {
    if (end.failure().isPresent() && end.failure().get().isDeadlock()) spinning();
    for (Blocked one : blocked) {
      switch (one.what()) {
        case WaitQueue queue -> lostWakeUp(one, queue);
        case LockView lock -> sleepingDeadlock(lock);
        default -> stalled(one);
      }
    }
    if (end.isWhole()) suspicions.values().forEach(this::add);
  }

  private void spinning() {
    List<Site> sites = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    for (Wait wait : acquiring) {
      if (wait == null) continue;
      names.add(wait.lock().lockClass().name());
      sites.add(wait.site(describe(wait)));
    }
    String locks = String.join(", ", names);
    add(
        new Finding(
            FindingKind.DEADLOCK, "cpus wait for each other on " + locks, sites, List.of(), locks));
  }

  private String describe(Wait wait) {
    Context owner = owners.get(wait.lock());
    String name = wait.lock().lockClass().name();
    return owner == null ? "waits for " + name : "waits for " + name + ", held by " + owner.name();
  }

  private void lostWakeUp(Blocked one, WaitQueue queue) {
    if (!Boolean.TRUE.equals(lastCondition.get(one.task()))) return;
    add(
        new Finding(
            FindingKind.LOST_WAKEUP,
            one.task().comm() + " sleeps on " + queue + " although its condition is true",
            List.of(one.site()),
            List.of("nothing will wake it any more"),
            queue + " in " + one.site().stack().stream().skip(1).findFirst().orElse("?")));
  }

  private void sleepingDeadlock(LockView lock) {
    Context owner = owners.get(lock);
    boolean ownerStuck =
        owner == null || blocked.stream().anyMatch(other -> other.task().equals(owner.task()));
    if (!ownerStuck) return;
    List<Site> sites = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    for (Blocked other : blocked) {
      sites.add(other.site());
      if (other.what() instanceof LockView wanted) names.add(wanted.lockClass().name());
    }
    String locks = String.join(", ", names);
    add(
        new Finding(
            FindingKind.DEADLOCK,
            "tasks wait for each other on " + locks,
            sites,
            List.of(),
            locks));
  }

  private void stalled(Blocked one) {
    add(
        new Finding(
            FindingKind.STALL,
            "nothing will end the wait for " + one.what(),
            List.of(one.site()),
            List.of(),
            "wait for " + one.what()));
  }
}
