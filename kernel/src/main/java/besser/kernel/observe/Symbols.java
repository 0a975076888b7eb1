package besser.kernel.observe;

import besser.kernel.KernelFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The machine's {@code /proc/kallsyms}. A function gets its address when it is first asked for, so
 * addresses depend on the run alone, not on class loading.
 */
public final class Symbols {
  private static final long VMLINUX = 0xffff_8000_8001_0000L;
  private static final long MODULES = 0xffff_8000_7a00_0000L;
  private static final int SPACING_BYTES = 0x400;

  private final Map<Long, KernelFunction> functions = new HashMap<>();
  private final Map<String, KernelFunction> byName = new HashMap<>();
  private final List<KernelFunction> inOrder = new ArrayList<>();

  // By the function's index; 0 for one that has no address yet.
  private long[] addresses = {};
  private int vmlinuxCount;
  private int moduleCount;

  /** The address of a function. */
  public long addressOf(KernelFunction function) {
    int index = function.index();
    long known = index < addresses.length ? addresses[index] : 0;
    return known == 0 ? place(function) : known;
  }

  /** Makes a function known without using it, so that it can be probed. */
  public void declare(KernelFunction function) {
    addressOf(function);
  }

  private long place(KernelFunction function) {
    boolean builtIn = function.module().equals("vmlinux");
    long address =
        builtIn
            ? VMLINUX + (long) SPACING_BYTES * vmlinuxCount++
            : MODULES + (long) SPACING_BYTES * moduleCount++;
    int index = function.index();
    if (index >= addresses.length) addresses = Arrays.copyOf(addresses, index + 64);
    addresses[index] = address;
    functions.put(address, function);
    byName.putIfAbsent(function.name(), function);
    inOrder.add(function);
    return address;
  }

  /** The function at or before an address. */
  public Optional<KernelFunction> resolve(long address) {
    return Optional.ofNullable(functions.get(address - address % SPACING_BYTES));
  }

  /** The function of that name. */
  public Optional<KernelFunction> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All placed functions in order of placement. */
  public List<KernelFunction> all() {
    return List.copyOf(inOrder);
  }
}
