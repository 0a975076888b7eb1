package besser.kernel.fiber;

/** What carries a fiber's stack. The same program gives the same results on each. */
public enum FiberBackend {
  /**
   * {@code jdk.internal.vm.Continuation}, about 0.1 µs a switch; needs {@code --add-exports
   * java.base/jdk.internal.vm=ALL-UNNAMED}.
   */
  CONTINUATION,
  /** Virtual threads handing over a baton by park and unpark: the supported API, slower. */
  VIRTUAL_THREAD;

  /** The fastest that this JVM was started to allow. */
  public static FiberBackend fastest() {
    boolean exported =
        Object.class.getModule().isExported("jdk.internal.vm", FiberBackend.class.getModule());
    return exported ? CONTINUATION : VIRTUAL_THREAD;
  }
}
