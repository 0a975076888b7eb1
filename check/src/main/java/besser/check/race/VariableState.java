package besser.check.race;

import besser.kernel.LockClass;
import besser.kernel.observe.LockView;
import besser.kernel.observe.Variable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of one shared variable. */
final class VariableState {
  final Variable variable;
  final AccessHistory plainReads = new AccessHistory();
  final AccessHistory markedReads = new AccessHistory();
  final AccessHistory plainWrites = new AccessHistory();
  final AccessHistory markedWrites = new AccessHistory();

  /** Of the variable as a synchronisation object: fully ordered atomics. */
  final VectorClock ordered = new VectorClock();

  private LockClass[] classes = {};
  private int[] underClass = {};
  private int accesses;

  VariableState(Variable variable) {
    this.variable = variable;
  }

  void count(LockView[] held) {
    accesses++;
    for (LockView lock : held) {
      LockClass lockClass = lock.lockClass();
      int i = 0;
      while (i < classes.length && !classes[i].equals(lockClass)) i++;
      if (i == classes.length) {
        classes = Arrays.copyOf(classes, i + 1);
        underClass = Arrays.copyOf(underClass, i + 1);
        classes[i] = lockClass;
      }
      underClass[i]++;
    }
  }

  int accesses() {
    return accesses;
  }

  /** How many accesses were made under a lock of each class, in the order first seen. */
  Map<LockClass, Integer> accessesUnder() {
    Map<LockClass, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < classes.length; i++) counts.put(classes[i], underClass[i]);
    return counts;
  }
}
