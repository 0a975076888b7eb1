package besser.kernel.observe;

import besser.kernel.KernelFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One node of the call tree: a function called through one chain of callers. The chain of parents
 * is a call stack, so that a stack is one pointer.
 */
public final class CallNode {
  private static final CallNode[] NONE = {};
  private static final @Nullable CallNode[] EMPTY = new @Nullable CallNode[4];

  private final @Nullable CallNode parent;
  private final @Nullable KernelFunction function;
  private final int depth;
  private CallNode[] children = NONE;
  private int childCount;

  // Most functions call one other from one place: no table is looked at for it.
  private int firstIndex = -1;
  private CallNode first = this;

  // The children by function index: open addressing, at most half full.
  private @Nullable CallNode[] table = EMPTY;
  private long[] samples = {};

  private CallNode(@Nullable CallNode parent, @Nullable KernelFunction function) {
    this.parent = parent;
    this.function = function;
    this.depth = parent == null ? 0 : parent.depth + 1;
  }

  /** The root of a new tree. */
  public static CallNode root() {
    return new CallNode(null, null);
  }

  /** The child for a function, made when it is first called from here. */
  public CallNode child(KernelFunction callee) {
    int index = callee.index();
    if (index == firstIndex) return first;
    @Nullable CallNode[] slots = table;
    int mask = slots.length - 1;
    for (int i = index & mask; ; i = (i + 1) & mask) {
      CallNode candidate = slots[i];
      if (candidate == null) return addChild(callee);
      if (candidate.function == callee) return candidate;
    }
  }

  boolean isCallOf(int calleeIndex, CallNode caller) {
    return function != null && function.index() == calleeIndex && parent == caller;
  }

  private CallNode addChild(KernelFunction callee) {
    if (childCount == children.length) {
      children = Arrays.copyOf(children, Math.max(4, 2 * childCount));
    }
    CallNode node = new CallNode(this, callee);
    children[childCount++] = node;
    if (childCount == 1) {
      first = node;
      firstIndex = callee.index();
    } else {
      rehash();
    }
    return node;
  }

  private void rehash() {
    int size = EMPTY.length;
    while (size < 2 * childCount) size *= 2;
    @Nullable CallNode[] slots = new @Nullable CallNode[size];
    for (int child = 0; child < childCount; child++) {
      int i = children[child].function().index() & (size - 1);
      while (slots[i] != null) i = (i + 1) & (size - 1);
      slots[i] = children[child];
    }
    table = slots;
  }

  /** The caller; empty at the root. */
  public Optional<CallNode> parent() {
    return Optional.ofNullable(parent);
  }

  /** The caller, or this node at the root; allocates nothing. */
  public CallNode caller() {
    return parent == null ? this : parent;
  }

  /** Whether this is the root, which is no function. */
  public boolean isRoot() {
    return function == null;
  }

  /**
   * The function.
   *
   * @throws IllegalStateException at the root
   */
  public KernelFunction function() {
    if (function == null) throw new IllegalStateException("the root of a call tree is no function");
    return function;
  }

  /** Calls between the root and here. */
  public int depth() {
    return depth;
  }

  /** Callees in the order of their first call. */
  public List<CallNode> children() {
    return List.of(Arrays.copyOf(children, childCount));
  }

  /** The call stack, innermost function first. */
  public List<KernelFunction> stack() {
    List<KernelFunction> stack = new ArrayList<>(depth);
    for (CallNode node = this; node.parent != null; node = node.parent) stack.add(node.function());
    return stack;
  }

  /** Profile samples that hit this very node, over all CPUs. */
  public long samples() {
    long sum = 0;
    for (long count : samples) sum += count;
    return sum;
  }

  /** Profile samples that hit this very node on one CPU. */
  public long samplesOn(int cpu) {
    return cpu < samples.length ? samples[cpu] : 0;
  }

  void addSamples(int cpu, long count) {
    if (cpu >= samples.length) samples = Arrays.copyOf(samples, cpu + 1);
    samples[cpu] += count;
  }

  void clear() {
    samples = new long[0];
    for (int i = 0; i < childCount; i++) children[i].clear();
  }

  @Override
  public String toString() {
    return function == null ? "[root]" : function.name();
  }
}
