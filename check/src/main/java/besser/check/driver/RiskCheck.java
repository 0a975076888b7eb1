package besser.check.driver;

import besser.check.Finding;
import besser.check.FindingKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a plan's risk can name as its check: which findings would show the risk to be real. The
 * findings are those of the patched variant that the baseline does not have.
 */
public enum RiskCheck {
  /** Something is called where it must not be, or sleeps where it must not. */
  CONTEXT("calls in a context that forbids them, and sleeping where that is forbidden") {
    @Override
    boolean isAbout(Finding finding, Set<DriverScenario> seenIn) {
      return is(finding, FindingKind.ATOMIC_SLEEP, FindingKind.WRONG_CONTEXT)
          || (is(finding, FindingKind.MISUSE) && !isDeadBus(finding));
    }
  },
  /** Credits and the wake-ups that follow them, as long as nothing fails. */
  CREDIT_WAKE_UPS("credits that do not come back and waits that nobody ends, without any fault") {
    @Override
    boolean isAbout(Finding finding, Set<DriverScenario> seenIn) {
      boolean counts =
          is(
              finding,
              FindingKind.ACCOUNT,
              FindingKind.LOST_WAKEUP,
              FindingKind.STALL,
              FindingKind.LINK_DEATH);
      return counts && !isAfterFault(finding) && !isAfterDeath(finding);
    }
  },
  /** Memory is short. */
  ALLOCATION("whatever goes wrong once an allocation has failed") {
    @Override
    boolean isAbout(Finding finding, Set<DriverScenario> seenIn) {
      return finding.key().contains("failed allocation");
    }
  },
  /** The graph of locks, and what is shared without one. */
  LOCK_GRAPH("lock cycles, locks unsafe in interrupts, recursion, deadlocks and data races") {
    @Override
    boolean isAbout(Finding finding, Set<DriverScenario> seenIn) {
      return is(
          finding,
          FindingKind.LOCK_CYCLE,
          FindingKind.IRQ_LOCK,
          FindingKind.IRQ_LOCK_ORDER,
          FindingKind.LOCK_RECURSION,
          FindingKind.LOCK_USE,
          FindingKind.DEADLOCK,
          FindingKind.DATA_RACE);
    }
  },
  /** The bus fails in the middle of a batch. */
  BUS_ERROR("frames dispatched on a dead bus, and what a dead bus leaves unanswered") {
    @Override
    boolean isAbout(Finding finding, Set<DriverScenario> seenIn) {
      return isDeadBus(finding)
          || isAfterDeath(finding)
          || finding.key().contains("sdio-bus-error");
    }
  },
  /** Several interfaces. */
  INTERFACES("what goes wrong with two interfaces and not with one") {
    @Override
    boolean isAbout(Finding finding, Set<DriverScenario> seenIn) {
      return seenIn.equals(EnumSet.of(DriverScenario.INTERFACES))
          && is(
              finding,
              FindingKind.FRAME_LOST,
              FindingKind.FRAME_DUPLICATED,
              FindingKind.FRAME_REORDERED);
    }
  };

  private final String summary;

  RiskCheck(String summary) {
    this.summary = summary;
  }

  /** Its name in a plan, such as {@code credit-wake-ups}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it looks for, in one line. */
  public String summary() {
    return summary;
  }

  /** The check with a name. */
  public static Optional<RiskCheck> named(String id) {
    return List.of(values()).stream().filter(check -> check.id().equals(id)).findFirst();
  }

  /** Whether the finding speaks to this risk; {@code seenIn} are the scenarios that had it. */
  abstract boolean isAbout(Finding finding, Set<DriverScenario> seenIn);

  private static boolean is(Finding finding, FindingKind... kinds) {
    return List.of(kinds).contains(finding.kind());
  }

  private static boolean isDeadBus(Finding finding) {
    return finding.message().contains(Conservation.DEAD_BUS);
  }

  private static boolean isAfterDeath(Finding finding) {
    return finding.message().contains(Conservation.AFTER_DEATH);
  }

  private static boolean isAfterFault(Finding finding) {
    return finding.key().contains(" after sdio-")
        || finding.key().contains(" after card-")
        || finding.key().contains(" after firmware")
        || finding.key().contains("failed allocation");
  }
}
