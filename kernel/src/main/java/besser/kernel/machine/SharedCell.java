package besser.kernel.machine;

import besser.kernel.observe.Observer;
import besser.kernel.observe.Variable;

/** What all shared variables have in common: being seen. */
abstract sealed class SharedCell implements Variable
    permits SimAtomic, SimSharedInt, SimSharedLong, SimSharedRef {
  private final Engine engine;
  private final String name;
  private final int id;

  SharedCell(Engine engine, String name) {
    this.engine = engine;
    this.name = name;
    this.id = engine.nextObjectId();
  }

  final void read(Access access) {
    engine.point(Choice.Operation.READ, id);
    announce(access);
  }

  final void write(Access access) {
    engine.point(Choice.Operation.WRITE, id);
    announce(access);
  }

  final void modify(Access access) {
    engine.point(Choice.Operation.ATOMIC, id);
    announce(access);
  }

  private void announce(Access access) {
    Observer observer = engine.observer;
    // Somebody outside looks at the machine between two runs: no context accesses it.
    if (observer == null || engine.live() == null) return;
    observer.accessed(this, access, engine.context());
  }

  @Override
  public final String variableName() {
    return name;
  }

  @Override
  public final int variableId() {
    return id;
  }

  @Override
  public final String toString() {
    return name;
  }
}
