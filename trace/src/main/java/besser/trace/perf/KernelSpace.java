package besser.trace.perf;

import besser.trace.Frame;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Names kernel addresses: the image and its modules by kallsyms, generated code (BPF programs,
 * trampolines) by the records that announce it. Rules are those of perf ({@code dso__load_kallsyms}
 * and what it calls).
 */
final class KernelSpace {
  private static final String IMAGE_TEXT_PREFIX = Frame.KERNEL_MODULE;

  private final Supplier<byte[]> kallsyms;
  private final Sites sites;
  private final NavigableMap<Long, Range> generated = new TreeMap<>(Long::compareUnsigned);
  private final NavigableMap<Long, Range> modules = new TreeMap<>(Long::compareUnsigned);
  private Optional<Long> textAddress = Optional.empty();
  private String textSymbol = "_text";
  private AddressTable table = AddressTable.EMPTY;
  private boolean loaded;

  /** Announced code: where it ends, and the frame of its addresses. */
  private record Range(long end, Site site) {}

  /**
   * @param kallsyms asked for their text when the first kernel address is named
   */
  KernelSpace(Supplier<byte[]> kallsyms, Sites sites) {
    this.kallsyms = kallsyms;
    this.sites = sites;
  }

  /** The image, or a module, as the mappings of pid -1 list them. */
  void map(long start, long length, long fileOffset, String name) {
    if (name.startsWith(IMAGE_TEXT_PREFIX)) {
      textAddress = Optional.of(fileOffset);
      String symbol = name.substring(IMAGE_TEXT_PREFIX.length());
      textSymbol = symbol.isEmpty() ? textSymbol : symbol;
      return;
    }
    String module = moduleName(name);
    modules.put(start, new Range(start + length, sites.unknown(module, Frame.Space.KERNEL)));
  }

  /** {@code [bes2600]} for both {@code [bes2600]} and {@code /lib/modules/x/bes2600.ko.xz}. */
  private static String moduleName(String name) {
    String base = name.substring(name.lastIndexOf('/') + 1);
    int suffix = base.indexOf(".ko");
    String bare = suffix > 0 ? base.substring(0, suffix) : base;
    return bare.startsWith("[") ? bare : "[" + bare.replace('-', '_') + "]";
  }

  void register(long start, long length, String name) {
    generated.put(start, new Range(start + length, sites.site(name, name, Frame.Space.KERNEL)));
  }

  void unregister(long start) {
    generated.remove(start);
  }

  /** The function at a kernel address; never null. */
  Site site(long address) {
    Optional<Site> announced = find(generated, address);
    if (announced.isPresent()) {
      return announced.get();
    }
    Site found = table().find(address);
    if (found != null) {
      return found;
    }
    return find(modules, address).orElse(sites.unknown(Frame.KERNEL_MODULE, Frame.Space.KERNEL));
  }

  private static Optional<Site> find(NavigableMap<Long, Range> ranges, long address) {
    Map.Entry<Long, Range> below = ranges.floorEntry(address);
    return below != null && Long.compareUnsigned(address, below.getValue().end()) < 0
        ? Optional.of(below.getValue().site())
        : Optional.empty();
  }

  private AddressTable table() {
    if (!loaded) {
      loaded = true;
      long address = textAddress.orElse(KallsymsRanges.UNKNOWN_ADDRESS);
      table = KallsymsRanges.table(kallsyms.get(), textSymbol, address, sites);
    }
    return table;
  }
}
