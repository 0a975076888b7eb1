package besser.kernel.machine;

import besser.kernel.fiber.Fiber;
import org.jspecify.annotations.Nullable;

/**
 * Who runs next, in the order of time.
 *
 * <p>A fiber that waits need not leave the host's stack: what the main loop does, it can do itself
 * and run others on top. Only when one below it is to go on does it have to leave, and leaving and
 * coming back is what a switch costs.
 */
final class Baton {
  /** Fibers on top of each other; the host's stack is finite. */
  private static final int DEEPEST = 32;

  private final Engine engine;

  /** Whose turn it is, when somebody above has found that out. */
  private @Nullable Fiber next;

  private int depth;

  Baton(Engine engine) {
    this.engine = engine;
  }

  /** The main loop: everybody in turn, until the run is over. */
  void goRound() {
    for (Fiber fiber = next(); fiber != null; fiber = next()) {
      next = null;
      engine.run(fiber);
    }
  }

  /** Comes back when it is this fiber's turn again; called by the fiber itself. */
  void awaitedBy(Fiber waiting) {
    depth++;
    Fiber fiber = next();
    while (fiber != null && fiber != waiting && !fiber.isOnStack() && depth < DEEPEST) {
      next = null;
      engine.run(fiber);
      fiber = next();
    }
    depth--;
    if (fiber == waiting) {
      next = null;
    } else {
      waiting.suspend();
    }
  }

  private @Nullable Fiber next() {
    if (next == null) next = engine.next();
    return next;
  }
}
