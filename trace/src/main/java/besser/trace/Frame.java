package besser.trace;

/**
 * A function as a profile names it. Sources hand out the same object for equal frames, so sinks may
 * count by identity.
 *
 * @param symbol the function, or {@link #UNKNOWN_SYMBOL}
 * @param module where it lives: {@link #KERNEL_MODULE}, a kernel module in brackets such as {@code
 *     [mac80211]}, or the path of a user-space object
 * @param space kernel or user side
 */
public record Frame(String symbol, String module, Space space) {
  /** What perf prints for an address without a symbol. */
  public static final String UNKNOWN_SYMBOL = "[unknown]";

  /** What perf calls the kernel image. */
  public static final String KERNEL_MODULE = "[kernel.kallsyms]";

  /** On which side of the system call boundary code runs. */
  public enum Space {
    KERNEL,
    USER,
    /** Guest or hypervisor code, or a sample that does not say. */
    OTHER
  }

  public Frame {
    if (symbol.isEmpty()) {
      throw new IllegalArgumentException("frame symbol must not be empty");
    }
  }
}
