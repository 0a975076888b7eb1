package besser.check.race;

import java.util.IdentityHashMap;

/** Clocks of objects that order what happens: locks, work items, timers, completions. */
final class ObjectClocks {
  private final IdentityHashMap<Object, VectorClock> clocks = new IdentityHashMap<>();

  /** The clock of an object, made when it is first asked for. */
  VectorClock of(Object what) {
    VectorClock known = clocks.get(what);
    if (known != null) return known;
    VectorClock made = new VectorClock();
    clocks.put(what, made);
    return made;
  }
}
