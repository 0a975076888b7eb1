package besser.check.context;

import besser.check.Checker;
import besser.check.Finding;
import besser.check.FindingKind;
import besser.check.RunEnd;
import besser.check.Site;
import besser.kernel.KernelFunction;
import besser.kernel.machine.SimulationFailure;
import besser.kernel.observe.Context;
import besser.kernel.observe.LockView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sleeping where that is forbidden ({@code might_sleep}), every other rule of the kernel that was
 * broken, warnings, and code that died.
 */
public final class ContextChecker implements Checker {
  /** Announced as events of their own. */
  private static final List<String> REPORTED_ELSEWHERE =
      List.of("sleeping function called", "double free");

  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private final List<List<LockView>> held = new ArrayList<>();

  @Override
  public String checkerName() {
    return "contexts";
  }

  @Override
  public List<Finding> findings() {
    return List.copyOf(findings.values());
  }

  private void add(FindingKind kind, String message, Site site, List<String> notes) {
    Finding finding =
        new Finding(kind, message, List.of(site), notes, message + " in " + site.function());
    findings.putIfAbsent(finding.id(), finding);
  }

  private List<LockView> heldBy(Context by) {
    while (held.size() <= by.id()) held.add(new ArrayList<>(4));
    return held.get(by.id());
  }

  @Override
  public void lockAcquired(LockView lock, LockView.Mode mode, Context by) {
    if (lock.lockKind() == LockView.Kind.SPIN) heldBy(by).add(lock);
  }

  @Override
  public void lockReleased(LockView lock, Context by) {
    if (lock.lockKind() == LockView.Kind.SPIN) heldBy(by).remove(lock);
  }

  @Override
  public void mightSleep(KernelFunction where, Context by) {
    if (!by.inAtomic()) return;
    List<String> notes = new ArrayList<>();
    notes.add(
        "in_atomic(): 1, irqs_disabled(): %d, preempt_count: %x"
            .formatted(by.irqsDisabled() ? 1 : 0, by.preemptCount()));
    for (LockView lock : heldBy(by)) notes.add("holds " + lock.lockClass().name());
    add(
        FindingKind.ATOMIC_SLEEP,
        where.name() + " may sleep, and is called in " + why(by),
        Site.of("calls " + where.name(), by),
        notes);
  }

  private String why(Context by) {
    return switch (by.kind()) {
      case HARDIRQ -> "hardirq";
      case SOFTIRQ -> "softirq";
      case TASK -> {
        if (!heldBy(by).isEmpty()) yield "a section under " + lockNames(by);
        yield by.irqsDisabled() ? "a section with interrupts off" : "an atomic section";
      }
    };
  }

  private String lockNames(Context by) {
    return String.join(", ", heldBy(by).stream().map(lock -> lock.lockClass().name()).toList());
  }

  @Override
  public void misused(String rule, Context by) {
    if (REPORTED_ELSEWHERE.stream().anyMatch(rule::startsWith)) return;
    boolean sleeps = rule.startsWith("scheduling while atomic");
    FindingKind kind = sleeps ? FindingKind.ATOMIC_SLEEP : FindingKind.WRONG_CONTEXT;
    String said = sleeps ? "scheduling while atomic" : rule;
    add(kind, said, Site.of(said, by), List.of());
  }

  @Override
  public void warned(String place, Context by) {
    add(FindingKind.WARNING, "WARN_ON at " + place, Site.of("warns", by), List.of());
  }

  @Override
  public void oopsed(String place, Context by) {
    add(FindingKind.OOPS, "BUG at " + place, Site.of("dies", by), List.of());
  }

  /** A deadlock of spinning CPUs is for the liveness checker. */
  @Override
  public void ended(RunEnd end) {
    if (end.failure().isEmpty()) return;
    SimulationFailure failure = end.failure().get();
    if (failure.isDeadlock()) return;
    List<String> stack = failure.simulatedStack().stream().map(KernelFunction::name).toList();
    Site site = new Site("dies", "the machine", stack);
    Throwable cause = failure.getCause();
    String what = cause == null ? failure.what() : failure.what() + " (" + cause + ")";
    add(FindingKind.OOPS, failure.what(), site, List.of(what));
  }
}
