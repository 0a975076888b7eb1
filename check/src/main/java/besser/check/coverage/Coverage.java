package besser.check.coverage;

import besser.kernel.KernelFunction;
import besser.kernel.observe.Context;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Functions × contexts × states that runs have reached, and faults that have occurred. A function
 * counts where a lock was taken, a shared variable accessed or sleeping possible, in it or in what
 * it called.
 */
public final class Coverage {
  private static final List<String> STATE_NAMES =
      List.of(
          "task",
          "task, softirqs off",
          "task, interrupts off",
          "softirq",
          "softirq, interrupts off",
          "hardirq");
  static final int STATES = 8;

  private final BitSet cells = new BitSet();
  private final SortedMap<String, Boolean> faults = new TreeMap<>();

  static int state(Context by) {
    return switch (by.kind()) {
      case TASK -> by.irqsDisabled() ? 2 : by.bhDisabled() ? 1 : 0;
      case SOFTIRQ -> by.irqsDisabled() ? 4 : 3;
      case HARDIRQ -> 5;
    };
  }

  /** Adds what one run has reached. */
  public void add(CoverageRecorder run) {
    cells.or(run.cells());
  }

  /** Adds what another search has reached. */
  public void add(Coverage other) {
    cells.or(other.cells);
    other.faults.forEach((site, occurred) -> faults.merge(site, occurred, Boolean::logicalOr));
  }

  /** Adds that a fault or failing allocation was possible, and whether it occurred. */
  public void addFault(String site, boolean occurred) {
    faults.merge(site, occurred, Boolean::logicalOr);
  }

  /** How many cells of functions of a module were reached. */
  public int reached(String module) {
    return states(module).values().stream().mapToInt(Set::size).sum();
  }

  /**
   * The functions of a module that were reached, with the contexts and states they were seen in.
   */
  public SortedMap<String, SortedSet<String>> states(String module) {
    SortedMap<String, SortedSet<String>> reached = new TreeMap<>();
    for (KernelFunction function : KernelFunction.ofModule(module)) {
      SortedSet<String> states = new TreeSet<>();
      for (int state = 0; state < STATE_NAMES.size(); state++) {
        if (cells.get(function.index() * STATES + state)) states.add(STATE_NAMES.get(state));
      }
      if (!states.isEmpty()) reached.put(function.name(), states);
    }
    return reached;
  }

  /** The functions of a module that were never reached, by name; those of code that is loaded. */
  public List<String> functionsNotReached(String module) {
    SortedSet<String> reached = new TreeSet<>(states(module).keySet());
    List<String> missing = new ArrayList<>();
    for (KernelFunction function : KernelFunction.ofModule(module)) {
      if (!reached.contains(function.name())) missing.add(function.name());
    }
    return missing;
  }

  /** Faults that were possible and never occurred, by site. */
  public List<String> faultsNotReached() {
    return faults.entrySet().stream()
        .filter(fault -> !fault.getValue())
        .map(java.util.Map.Entry::getKey)
        .toList();
  }

  /** Faults that occurred, by site. */
  public List<String> faultsReached() {
    return faults.entrySet().stream()
        .filter(java.util.Map.Entry::getValue)
        .map(java.util.Map.Entry::getKey)
        .toList();
  }
}
