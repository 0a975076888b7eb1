package besser.kernel.observe;

import besser.kernel.KernelFunction;
import org.jspecify.annotations.Nullable;

/**
 * The functions that a task is in. Interrupts taken on it open a stack of their own on top.
 *
 * <p>Functions are entered and left millions of times for each time somebody asks where: the place
 * in the call tree is looked up only then, and frames are numbers, which the garbage collector need
 * not be told of.
 */
public final class CallStack {
  /** Calls within calls; a kernel's stack is small. */
  private static final int DEEPEST = 256;

  private final CallNode root;
  private final int[] frames = new int[DEEPEST];
  private final @Nullable CallNode[] places = new @Nullable CallNode[DEEPEST];
  private int base;
  private int depth;
  private int lastDepth;

  /** An empty stack whose places are below {@code root}. */
  public CallStack(CallNode root) {
    this.root = root;
  }

  /** A function is called. */
  public void push(KernelFunction function) {
    if (depth == DEEPEST) throw new IllegalStateException("kernel stack overflow");
    frames[depth++] = function.index();
    lastDepth = depth;
  }

  /** The innermost function returns. */
  public void pop() {
    depth--;
  }

  /** An interrupt comes: what is called now has no caller. Returns what {@link #close} takes. */
  public int open() {
    int below = base;
    base = depth;
    return below;
  }

  /** The interrupt returns to where it came. */
  public void close(int below) {
    depth = base;
    base = below;
  }

  /** The innermost function's place; the root when there is none. */
  public CallNode innermost() {
    return place(depth);
  }

  /** As {@link #innermost}, before an exception has unwound the stack. */
  public CallNode lastEntered() {
    return place(Math.max(base, lastDepth));
  }

  private CallNode place(int top) {
    CallNode node = root;
    for (int i = base; i < top; i++) {
      CallNode known = places[i];
      if (known == null || !known.isCallOf(frames[i], node)) {
        known = node.child(KernelFunction.at(frames[i]));
        places[i] = known;
      }
      node = known;
    }
    return node;
  }
}
