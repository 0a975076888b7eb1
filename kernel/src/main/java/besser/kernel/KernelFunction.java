package besser.kernel;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A named function of the kernel or a module: what costs are charged to, what profiles and
 * tracepoints show. Declare each once as a constant.
 */
public final class KernelFunction {
  private static final CopyOnWriteArrayList<KernelFunction> ALL = new CopyOnWriteArrayList<>();
  private static final ConcurrentHashMap<String, KernelFunction> BY_NAME =
      new ConcurrentHashMap<>();

  private final String name;
  private final String module;
  private final int index;

  private KernelFunction(String name, String module) {
    if (name.isBlank()) throw new IllegalArgumentException("function name must not be blank");
    this.name = name;
    this.module = module;
    synchronized (ALL) {
      this.index = ALL.size();
      ALL.add(this);
    }
    BY_NAME.putIfAbsent(name, this);
  }

  /** The function of an {@link #index}. */
  public static KernelFunction at(int index) {
    return ALL.get(index);
  }

  /**
   * The function of that name in the code that is loaded, whether or not it has run. For finding
   * what a user names; there is no order in it to depend on.
   */
  public static Optional<KernelFunction> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The functions of a module in the code that is loaded, by name. */
  public static List<KernelFunction> ofModule(String module) {
    return BY_NAME.values().stream()
        .filter(function -> function.module.equals(module))
        .sorted(Comparator.comparing(KernelFunction::name))
        .toList();
  }

  /** A function of the kernel image. */
  public static KernelFunction vmlinux(String name) {
    return new KernelFunction(name, "vmlinux");
  }

  /** A function of a loadable module. */
  public static KernelFunction of(String module, String name) {
    return new KernelFunction(name, module);
  }

  /** The symbol's name, such as {@code sdio_rx_work}. */
  public String name() {
    return name;
  }

  /** The module it is in, or {@code vmlinux}. */
  public String module() {
    return module;
  }

  /** A small number for array lookups; depends on class loading, so never on any result. */
  public int index() {
    return index;
  }

  @Override
  public String toString() {
    return name;
  }
}
