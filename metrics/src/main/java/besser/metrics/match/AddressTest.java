package besser.metrics.match;

import java.util.Arrays;
import java.util.Optional;

/** Whether an address is that of a symbol of some name. Remembers; allocates nothing per event. */
public final class AddressTest {
  private final AddressNames names;
  private final NamePattern wanted;
  private final Optional<long[]> known;

  /** Whether each address that was met fits: 1 or 0. */
  private final LongTable met = new LongTable();

  private AddressTest(AddressNames names, NamePattern wanted, Optional<long[]> known) {
    this.names = names;
    this.wanted = wanted;
    this.known = known;
  }

  /**
   * A test for a symbol by name or pattern, or for an address written as {@code 0x...}.
   *
   * @throws UnresolvedFilterException when all symbols are known and none has that name
   */
  public static AddressTest of(AddressNames names, NamePattern wanted) {
    long[] literal = FilterCompiler.parse(wanted.toString()).stream().toArray();
    Optional<long[]> known = literal.length > 0 ? Optional.of(literal) : names.addresses(wanted);
    if (known.isPresent() && known.get().length == 0) {
      throw new UnresolvedFilterException("the capture's kernel symbols do not name " + wanted);
    }
    return new AddressTest(names, wanted, known);
  }

  /** Whether the symbol starts at the address. */
  public boolean test(long address) {
    if (known.isPresent()) {
      long[] addresses = known.get();
      return addresses.length == 1
          ? addresses[0] == address
          : Arrays.binarySearch(addresses, address) >= 0;
    }
    long fits = met.get(address);
    return fits == LongTable.ABSENT ? meet(address) : fits != 0;
  }

  private boolean meet(long address) {
    boolean fits = names.isIn(address, wanted);
    met.put(address, fits ? 1 : 0);
    return fits;
  }
}
