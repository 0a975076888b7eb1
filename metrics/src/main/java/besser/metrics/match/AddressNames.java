package besser.metrics.match;

import besser.trace.KernelSymbols;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * What kernel addresses are called. A recorded capture knows all its symbols beforehand; a kernel
 * that is simulated while it is measured names an address once it is met.
 */
public interface AddressNames {

  /**
   * Where symbols of a name start, ascending, when all symbols are known; empty when they only
   * become known as they are met.
   */
  Optional<long[]> addresses(NamePattern name);

  /** The symbol an address lies in, or the empty text. */
  String symbolAt(long address);

  /** The symbol that starts at an address, or the empty text. */
  String exactly(long address);

  /** Whether {@code address} is in a symbol of that name. */
  default boolean isIn(long address, NamePattern name) {
    return name.matchesFunction(symbolAt(address));
  }

  /** The names of a recorded symbol table. */
  static AddressNames of(KernelSymbols symbols) {
    return new AddressNames() {
      @Override
      public Optional<long[]> addresses(NamePattern name) {
        return Optional.of(
            IntStream.range(0, symbols.size())
                .mapToObj(symbols::symbol)
                // zero is what kallsyms shows to those who may not see addresses
                .filter(symbol -> symbol.startAddress() != 0)
                .filter(symbol -> name.matchesFunction(symbol.name()))
                .mapToLong(KernelSymbols.Symbol::startAddress)
                .sorted()
                .distinct()
                .toArray());
      }

      @Override
      public String symbolAt(long address) {
        int index = symbols.indexOf(address);
        return index < 0 ? "" : symbols.symbol(index).name();
      }

      @Override
      public String exactly(long address) {
        int index = symbols.indexOf(address);
        return index < 0 || symbols.symbol(index).startAddress() != address
            ? ""
            : symbols.symbol(index).name();
      }
    };
  }

  /**
   * Names that become known while events come.
   *
   * @param symbolAt the symbol an address lies in, or the empty text; asked once per address
   */
  static AddressNames asMet(LongFunction<String> symbolAt) {
    return new AddressNames() {
      @Override
      public Optional<long[]> addresses(NamePattern name) {
        return Optional.empty();
      }

      @Override
      public String symbolAt(long address) {
        return symbolAt.apply(address);
      }

      @Override
      public String exactly(long address) {
        return symbolAt.apply(address);
      }
    };
  }
}
