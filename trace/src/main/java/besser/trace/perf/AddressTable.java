package besser.trace.perf;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Address ranges that do not overlap much, sorted by start, each with a site that is made when it
 * is first asked for.
 */
final class AddressTable {
  static final AddressTable EMPTY =
      new AddressTable(
          new long[0],
          new long[0],
          index -> {
            throw new IndexOutOfBoundsException(index);
          });

  private final long[] starts;
  private final long[] ends;
  private final @Nullable Site[] sites;
  private final IntFunction<Site> siteOf;

  /**
   * @param starts ascending as unsigned numbers
   * @param ends the first address behind each range
   */
  AddressTable(long[] starts, long[] ends, IntFunction<Site> siteOf) {
    this.starts = starts;
    this.ends = ends;
    this.sites = new Site[starts.length];
    this.siteOf = siteOf;
  }

  int size() {
    return starts.length;
  }

  /** The site whose range holds the address, or null. */
  @Nullable Site find(long address) {
    int index = lastStartingAtOrBelow(starts, starts.length, address);
    if (index < 0 || Long.compareUnsigned(address, ends[index]) >= 0) {
      return null;
    }
    Site site = sites[index];
    if (site == null) {
      site = siteOf.apply(index);
      sites[index] = site;
    }
    return site;
  }

  /** Position of the last start at or below the address, or -1. */
  static int lastStartingAtOrBelow(long[] starts, int count, long address) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(starts[middle], address) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  @Override
  public String toString() {
    return "%d ranges from %s".formatted(starts.length, Arrays.toString(Arrays.copyOf(starts, 1)));
  }
}
