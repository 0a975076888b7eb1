package besser.check.lockdep;

import besser.check.Checker;
import besser.check.Finding;
import besser.check.FindingKind;
import besser.check.RunEnd;
import besser.kernel.LockClass;
import besser.kernel.Timer;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.observe.Context;
import besser.kernel.observe.LockView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lockdep's rules (Documentation/locking/lockdep-design.rst): no cycle of lock classes, no class
 * taken in interrupts and also with them enabled, no way from a class safe in interrupts to one
 * that is not, no class taken again by its holder. Work items, work queues and timers are classes
 * too: {@code flush_work}, {@code flush_workqueue} and {@code timer_delete_sync} take what their
 * handlers hold. The kernel core's own locks are left out, except wait queue heads of drivers. A
 * semaphore is a lock as long as nobody gives back what another took.
 */
public final class LockdepChecker implements Checker {
  private static final List<String> CORE =
      List.of("sched", "timer", "workqueue", "mutex", "semaphore", "completion");

  private static final byte UNKNOWN = 0;
  private static final byte CORE_LOCK = 1;
  private static final byte OTHER_LOCK = 2;

  private final LockGraph graph = new LockGraph();
  private final List<List<Held>> held = new ArrayList<>();
  private final Map<Object, Node> nodeOf = new LinkedHashMap<>();
  private final Map<Work, Workqueue> lastQueueOf = new LinkedHashMap<>();
  private final Map<String, Finding> findings = new LinkedHashMap<>();

  /** By lock: whether it is one of the kernel core's. */
  private byte[] core = new byte[64];

  @Override
  public String checkerName() {
    return "lock order and interrupt safety";
  }

  @Override
  public List<Finding> findings() {
    return List.copyOf(findings.values());
  }

  /** What was taken while holding what, in this run. */
  public LockGraph graph() {
    return graph;
  }

  @Override
  public void ended(RunEnd end) {
    for (Finding finding : new LockRules(graph).findings()) add(finding);
  }

  private void add(Finding finding) {
    findings.putIfAbsent(finding.id(), finding);
  }

  private List<Held> heldBy(Context by) {
    while (held.size() <= by.id()) held.add(new ArrayList<>(4));
    return held.get(by.id());
  }

  private Node nodeOf(LockView lock) {
    LockClass lockClass = lock.lockClass();
    Node known = nodeOf.get(lockClass);
    if (known != null) return known;
    Node made = graph.node(lockClass, lockClass.name());
    made.isSemaphore = lock.lockKind() == LockView.Kind.SEMAPHORE;
    nodeOf.put(lockClass, made);
    return made;
  }

  private boolean knownAsCore(LockView lock) {
    int id = lock.lockId();
    if (id >= core.length) core = Arrays.copyOf(core, 2 * id + 2);
    if (core[id] == UNKNOWN) core[id] = isCore(lock) ? CORE_LOCK : OTHER_LOCK;
    return core[id] == CORE_LOCK;
  }

  static boolean isCore(LockView lock) {
    return lock.lockKind() == LockView.Kind.RAW_SPIN && CORE.contains(lock.lockClass().owner());
  }

  // Locks.

  @Override
  public void lockAcquiring(LockView lock, LockView.Mode mode, Context by) {
    if (!knownAsCore(lock)) take(lock, nodeOf(lock), by, false);
  }

  @Override
  public void lockAcquired(LockView lock, LockView.Mode mode, Context by) {
    if (mode == LockView.Mode.TRY && !knownAsCore(lock)) take(lock, nodeOf(lock), by, true);
  }

  private void take(Object object, Node node, Context by, boolean tried) {
    List<Held> mine = heldBy(by);
    mark(node, by, tried);
    if (!tried) depend(object, node, by, mine);
    mine.add(new Held(object, node, by, Place.of(by), tried));
  }

  private void depend(Object object, Node node, Context by, List<Held> mine) {
    for (int i = mine.size() - 1; i >= 0; i--) {
      Held before = mine.get(i);
      checkWaitType(before, object, node, by);
      if (before.node() == node) {
        recursion(before, object, by);
      } else {
        graph.depend(before, node, by);
      }
    }
  }

  /**
   * Where a {@code raw_spinlock_t} is held nothing may be taken that sleeps on PREEMPT_RT
   * (lockdep's wait types, CONFIG_PROVE_RAW_LOCK_NESTING). What sleeps on every kernel is the
   * context checker's.
   */
  private void checkWaitType(Held before, Object object, Node node, Context by) {
    if (!(before.object() instanceof LockView outer) || !(object instanceof LockView inner)) return;
    if (outer.lockKind() != LockView.Kind.RAW_SPIN) return;
    if (inner.lockKind() != LockView.Kind.SPIN) return;
    add(
        new Finding(
            FindingKind.WAIT_CONTEXT,
            "spinlock_t %s is taken while raw_spinlock_t %s is held"
                .formatted(node.name, before.node().name),
            List.of(
                Place.of(by).site("takes " + node.name),
                before.place().site("holds " + before.node().name)),
            List.of("on PREEMPT_RT the first may sleep, and the second must not be slept under"),
            before.node().name + " -> " + node.name));
  }

  private static void mark(Node node, Context by, boolean tried) {
    if (!tried && by.kind() == Context.Kind.HARDIRQ) mark(node, Usage.IN_HARDIRQ, by);
    if (!tried && by.kind() == Context.Kind.SOFTIRQ) mark(node, Usage.IN_SOFTIRQ, by);
    markEnabled(node, by);
  }

  private static void markEnabled(Node node, Context by) {
    if (by.irqsDisabled()) return;
    mark(node, Usage.HARDIRQ_ON, by);
    if (!by.bhDisabled()) mark(node, Usage.SOFTIRQ_ON, by);
  }

  private static void mark(Node node, Usage usage, Context by) {
    if (node.usage(usage) == null) node.mark(usage, Place.of(by));
  }

  private void recursion(Held before, Object object, Context by) {
    boolean same = before.object().equals(object);
    String name = before.node().name;
    add(
        new Finding(
            FindingKind.LOCK_RECURSION,
            same
                ? name + " is taken again by its holder"
                : "two locks of class " + name + " are taken at once",
            List.of(
                Place.of(by).site("takes " + name), before.place().site("already holds " + name)),
            same ? List.of() : List.of("may be right if they are always taken in one order"),
            name + (same ? " again" : " twice") + " in " + Place.of(by).site("-").function()));
  }

  @Override
  public void lockReleased(LockView lock, Context by) {
    if (knownAsCore(lock)) return;
    markEnabledOnRelease(lock, by);
    if (drop(heldBy(by), lock)) return;
    nodeOf(lock).isReleasedByOthers = true;
    for (List<Held> theirs : held) {
      if (drop(theirs, lock)) return;
    }
  }

  private void markEnabledOnRelease(LockView lock, Context by) {
    // Interrupts that came on while it was held.
    if (lock.lockKind() != LockView.Kind.RAW_SPIN) markEnabled(nodeOf(lock), by);
  }

  private static boolean drop(List<Held> mine, Object object) {
    for (int i = mine.size() - 1; i >= 0; i--) {
      if (!mine.get(i).object().equals(object)) continue;
      mine.remove(i);
      return true;
    }
    return false;
  }

  @Override
  public void taskExited(Context task) {
    for (Held left : heldBy(task)) leftBehind(left, task, "exits");
  }

  private void leftBehind(Held left, Context by, String when) {
    if (!(left.object() instanceof LockView)) return;
    add(
        new Finding(
            FindingKind.LOCK_USE,
            left.node().name + " is still held when its holder " + when,
            List.of(left.place().site("took " + left.node().name), Place.of(by).site(when)),
            List.of(),
            left.node().name + " held when " + when));
  }

  // What is waited for like a lock.

  private Node workNode(Work work) {
    return graph.node(work.function(), "(work)" + work.function().name());
  }

  private Node queueNode(Workqueue queue) {
    return graph.node(queue, "(wq)" + queue.name());
  }

  @Override
  public void workStarted(Work work, Workqueue queue, Context by) {
    List<Held> mine = heldBy(by);
    Held onQueue = new Held(queue, queueNode(queue), by, Place.of(by), false);
    mine.add(onQueue);
    graph.depend(onQueue, workNode(work), by);
    mine.add(new Held(work, workNode(work), by, Place.of(by), false));
  }

  @Override
  public void workEnded(Work work, Workqueue queue, Context by) {
    List<Held> mine = heldBy(by);
    drop(mine, work);
    drop(mine, queue);
    for (Held left : List.copyOf(mine)) leftBehind(left, by, "ends its work");
  }

  @Override
  public void workQueued(Work work, Workqueue queue, boolean accepted, Context by) {
    if (accepted) lastQueueOf.put(work, queue);
  }

  @Override
  public void workFlushing(Work work, boolean cancels, Context by) {
    depend(work, workNode(work), by, heldBy(by));
    // start_flush_work: on a queue that runs one item at a time, or has a rescuer, what is waited
    // for is also whatever stands before the item; one that is cancelled does not stand behind it.
    Workqueue queue = lastQueueOf.get(work);
    if (!cancels && queue != null && queue.runsInTurn())
      depend(queue, queueNode(queue), by, heldBy(by));
  }

  @Override
  public void workqueueFlushed(Workqueue queue, boolean done, Context by) {
    if (!done) depend(queue, queueNode(queue), by, heldBy(by));
  }

  private Node timerNode(Timer timer) {
    return graph.node(timer.toString(), "(timer)" + timer);
  }

  @Override
  public void timerFired(Timer timer, Context by) {
    heldBy(by).add(new Held(timer, timerNode(timer), by, Place.of(by), false));
  }

  @Override
  public void timerEnded(Timer timer, Context by) {
    drop(heldBy(by), timer);
  }

  @Override
  public void timerDeleted(Timer timer, boolean wasPending, boolean synced, Context by) {
    if (synced) depend(timer, timerNode(timer), by, heldBy(by));
  }
}
