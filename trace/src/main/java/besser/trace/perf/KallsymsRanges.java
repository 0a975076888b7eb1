package besser.trace.perf;

import besser.trace.Frame;
import besser.trace.KernelSymbols;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns kernel symbols, which have no sizes, into ranges as perf does ({@code symbols__fixup_end}
 * and {@code symbols__fixup_duplicate}): each symbol reaches to the next, but not from one module
 * into another; of several at one address the last in the file counts, being the only one that then
 * has a length.
 */
final class KallsymsRanges {
  private static final String CODE_AND_DATA = "TWDB";
  private static final long PAGE_BYTES = 4096;

  private KallsymsRanges() {}

  /**
   * @param shift added to the addresses of the kernel image
   */
  static AddressTable table(KernelSymbols symbols, long shift, Sites sites) {
    List<KernelSymbols.Symbol> chosen = new ArrayList<>();
    for (int i = 0; i < symbols.size(); i++) {
      KernelSymbols.Symbol symbol = symbols.symbol(i);
      if (isCodeOrData(symbol)) {
        if (!chosen.isEmpty() && chosen.getLast().startAddress() == symbol.startAddress()) {
          chosen.removeLast();
        }
        chosen.add(symbol);
      }
    }
    long[] starts = new long[chosen.size()];
    long[] ends = new long[chosen.size()];
    for (int i = 0; i < starts.length; i++) {
      long moved = chosen.get(i).module().isEmpty() ? shift : 0;
      starts[i] = chosen.get(i).startAddress() + moved;
      ends[i] = end(chosen, i) + moved;
    }
    return new AddressTable(starts, ends, index -> site(chosen.get(index), sites));
  }

  private static boolean isCodeOrData(KernelSymbols.Symbol symbol) {
    return CODE_AND_DATA.indexOf(Character.toUpperCase(symbol.type())) >= 0
        && symbol.name().charAt(0) != '$';
  }

  private static long end(List<KernelSymbols.Symbol> symbols, int index) {
    KernelSymbols.Symbol symbol = symbols.get(index);
    boolean last = index + 1 == symbols.size();
    if (!last && symbols.get(index + 1).module().equals(symbol.module())) {
      return symbols.get(index + 1).startAddress();
    }
    return (symbol.startAddress() + PAGE_BYTES - 1 & -PAGE_BYTES) + PAGE_BYTES;
  }

  private static Site site(KernelSymbols.Symbol symbol, Sites sites) {
    String module = symbol.module().isEmpty() ? Frame.KERNEL_MODULE : "[" + symbol.module() + "]";
    return sites.site(symbol.name(), module, Frame.Space.KERNEL);
  }
}
