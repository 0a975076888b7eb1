package besser.check.race;

import besser.check.Checker;
import besser.check.Finding;
import besser.check.FindingKind;
import besser.check.Site;
import besser.kernel.LockClass;
import besser.kernel.observe.Context;
import besser.kernel.observe.LockView;
import besser.kernel.observe.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds data races: two accesses to one variable, at least one of them a write, at least one of
 * them plain, and neither ordered before the other (the rule of {@code
 * tools/memory-model/Documentation/explanation.txt}, which is stricter than what {@code
 * CONFIG_KCSAN_ASSUME_PLAIN_WRITES_ATOMIC} reports). That they happened at the same moment is not
 * needed. Reported in KCSAN's shape, once for each pair of sites.
 */
public final class RaceChecker extends HappensBefore implements Checker {
  private final List<@Nullable VariableState> variables = new ArrayList<>();
  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private final Set<Pair> seen = new LinkedHashSet<>();

  /** The two places of a race, cheaper to compare than what is written about them. */
  private record Pair(
      Variable variable, Object first, Object second, Variable.Access one, Variable.Access two) {}

  @Override
  public String checkerName() {
    return "data races";
  }

  @Override
  public List<Finding> findings() {
    return List.copyOf(findings.values());
  }

  @Override
  public void accessed(Variable variable, Variable.Access access, Context by) {
    if (access == Variable.Access.DATA_RACE) return;
    ThreadState thread = of(by);
    VariableState state = stateOf(variable);
    state.count(thread.held);
    boolean ordered = access == Variable.Access.ATOMIC_ORDERED;
    if (ordered) thread.acquire(state.ordered);
    if (access.isWrite()) {
      wrote(state, access, thread);
    } else {
      read(state, access, thread);
    }
    if (ordered) thread.release(state.ordered);
  }

  private void read(VariableState state, Variable.Access access, ThreadState thread) {
    check(state, state.plainWrites, access, thread);
    if (access.isMarked()) {
      state.markedReads.add(thread, access);
    } else {
      check(state, state.markedWrites, access, thread);
      state.plainReads.add(thread, access);
    }
  }

  private void wrote(VariableState state, Variable.Access access, ThreadState thread) {
    check(state, state.plainWrites, access, thread);
    check(state, state.plainReads, access, thread);
    if (access.isMarked()) {
      state.markedWrites.add(thread, access);
    } else {
      check(state, state.markedWrites, access, thread);
      check(state, state.markedReads, access, thread);
      state.plainWrites.add(thread, access);
    }
  }

  private VariableState stateOf(Variable variable) {
    int id = variable.variableId();
    VariableState known = id < variables.size() ? variables.get(id) : null;
    if (known != null) return known;
    while (variables.size() <= id) variables.add(null);
    VariableState made = new VariableState(variable);
    variables.set(id, made);
    return made;
  }

  private void check(
      VariableState state, AccessHistory history, Variable.Access access, ThreadState thread) {
    AccessHistory.Entry other = history.unorderedWith(thread);
    if (other == null) return;
    Pair pair = new Pair(state.variable, other.stack, thread.context.stack(), other.access, access);
    if (seen.add(pair)) report(state, other, access, thread);
  }

  private void report(
      VariableState state, AccessHistory.Entry other, Variable.Access access, ThreadState thread) {
    String name = state.variable.variableName();
    Site first = Site.of(words(other.access) + name, other.thread.context.name(), other.stack);
    Site second = Site.of(words(access) + name, thread.context);
    String one = first.function() + " " + verb(other.access);
    String two = second.function() + " " + verb(access);
    boolean inOrder = one.compareTo(two) <= 0;
    String key = name + ": " + (inOrder ? one : two) + " / " + (inOrder ? two : one);
    String message = second.function() + " / " + first.function() + " on " + name;
    findings.putIfAbsent(
        key,
        new Finding(
            FindingKind.DATA_RACE,
            message,
            List.of(second, first),
            hints(state, other, thread),
            key));
  }

  private static List<String> hints(
      VariableState state, AccessHistory.Entry other, ThreadState thread) {
    List<String> hints = new ArrayList<>();
    hints.add("locks held: " + names(thread.held) + " / " + names(other.held));
    for (Map.Entry<LockClass, Integer> under : state.accessesUnder().entrySet()) {
      hints.add(
          "%d of %d accesses to it so far hold %s"
              .formatted(under.getValue(), state.accesses(), under.getKey().name()));
    }
    return hints;
  }

  private static String names(LockView[] held) {
    if (held.length == 0) return "none";
    StringBuilder names = new StringBuilder();
    for (LockView lock : held) {
      if (!names.isEmpty()) names.append(", ");
      names.append(lock.lockClass().name());
    }
    return names.toString();
  }

  private static String words(Variable.Access access) {
    return switch (access) {
      case READ -> "read of ";
      case WRITE -> "write to ";
      case READ_ONCE -> "read (marked) of ";
      case DATA_RACE -> "read (data_race) of ";
      case WRITE_ONCE -> "write (marked) to ";
      case ATOMIC_RELAXED, ATOMIC_ORDERED -> "read-write (marked) of ";
    };
  }

  private static String verb(Variable.Access access) {
    return switch (access) {
      case READ -> "reads";
      case WRITE -> "writes";
      case READ_ONCE -> "reads marked";
      case DATA_RACE -> "reads in data_race";
      case WRITE_ONCE -> "writes marked";
      case ATOMIC_RELAXED, ATOMIC_ORDERED -> "modifies";
    };
  }
}
