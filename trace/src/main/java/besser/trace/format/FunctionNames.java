package besser.trace.format;

import besser.trace.KernelSymbols;
import besser.trace.KernelSymbols.Symbol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Function names as trace-cmd finds them: without absolute and {@code $} symbols, the later of two
 * symbols at one address first (libtraceevent's func_map).
 */
final class FunctionNames {
  private final long[] starts;
  private final List<Symbol> symbols;

  FunctionNames(KernelSymbols kernelSymbols) {
    List<Symbol> kept = new ArrayList<>();
    for (int i = 0; i < kernelSymbols.size(); i++) {
      Symbol symbol = kernelSymbols.symbol(i);
      if (symbol.type() != 'a' && symbol.type() != 'A' && symbol.name().charAt(0) != '$') {
        kept.add(symbol);
      }
    }
    Collections.reverse(kept);
    kept.sort(Comparator.comparing(Symbol::startAddress, Long::compareUnsigned));
    symbols = List.copyOf(kept);
    starts = new long[symbols.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = symbols.get(i).startAddress();
    }
  }

  /** The symbol that covers an address; the last symbol covers its first address only. */
  Optional<Symbol> find(long address) {
    int low = 0;
    int high = starts.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = compare(address, middle);
      if (order == 0) {
        return Optional.of(symbols.get(middle));
      }
      if (order < 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Optional.empty();
  }

  private int compare(long address, int index) {
    int order = Long.compareUnsigned(address, starts[index]);
    if (order <= 0) {
      return order;
    }
    boolean beforeNext =
        index + 1 < starts.length && Long.compareUnsigned(address, starts[index + 1]) < 0;
    return beforeNext ? 0 : 1;
  }

  /** The address of a symbol by name, or 0. */
  long addressOf(String name) {
    for (Symbol symbol : symbols) {
      if (symbol.name().equals(name)) {
        return symbol.startAddress();
      }
    }
    return 0;
  }
}
