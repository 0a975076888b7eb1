package besser.check;

import besser.kernel.KernelFunction;
import besser.kernel.observe.CallNode;
import besser.kernel.observe.Context;
import java.util.List;

/**
 * A place in the code that a finding involves.
 *
 * @param what what is done there, such as {@code write to hw_bufs_used}
 * @param context who does it, such as {@code bh/12} or {@code hardirq/0}
 * @param stack functions, innermost first
 */
public record Site(String what, String context, List<String> stack) {
  public Site {
    if (what.isBlank()) throw new IllegalArgumentException("what must not be blank");
    stack = List.copyOf(stack);
  }

  /** Where a context is now. */
  public static Site of(String what, Context by) {
    return of(what, by.name(), by.stack());
  }

  /** A call node kept from earlier. */
  public static Site of(String what, String context, CallNode stack) {
    return new Site(what, context, stack.stack().stream().map(KernelFunction::name).toList());
  }

  /** The innermost function, or {@code ?} when none is known. */
  public String function() {
    return stack.isEmpty() ? "?" : stack.getFirst();
  }
}
