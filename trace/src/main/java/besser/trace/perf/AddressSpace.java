package besser.trace.perf;

import java.util.Arrays;

/**
 * The executable mappings of one process, sorted by address. A new mapping cuts those it overlaps
 * ({@code maps__fixup_overlappings} of the perf tool). The arrays are replaced, never changed, so a
 * forked process can share its parent's.
 */
final class AddressSpace {
  private long[] starts = new long[0];
  private long[] ends = new long[0];
  private long[] fileOffsets = new long[0];
  private Dso[] dsos = new Dso[0];
  private int count;
  private int version;
  private int users;

  AddressSpace(int version) {
    this.version = version;
  }

  /** Changes with every change of the mappings; spaces of equal version are equal. */
  int version() {
    return version;
  }

  int count() {
    return count;
  }

  void addUser() {
    users++;
  }

  /** A task has ended; the last one takes the mappings along. */
  void removeUser(int newVersion) {
    users--;
    if (users == 0) {
      clear(newVersion);
    }
  }

  void clear(int newVersion) {
    starts = new long[0];
    ends = new long[0];
    fileOffsets = new long[0];
    dsos = new Dso[0];
    count = 0;
    version = newVersion;
  }

  /** Takes over the parent's mappings. */
  void copyFrom(AddressSpace parent) {
    starts = parent.starts;
    ends = parent.ends;
    fileOffsets = parent.fileOffsets;
    dsos = parent.dsos;
    count = parent.count;
    version = parent.version;
  }

  /** Maps {@code [start, end)} to an object from {@code fileOffset} on. */
  void map(long start, long end, long fileOffset, Dso dso, int newVersion) {
    version = newVersion;
    AddressSpace old = new AddressSpace(version);
    old.copyFrom(this);
    int room = count + 2;
    starts = new long[room];
    ends = new long[room];
    fileOffsets = new long[room];
    dsos = new Dso[room];
    count = 0;
    insertBelow(old, start);
    append(start, end, fileOffset, dso);
    insertAbove(old, end);
  }

  private void insertBelow(AddressSpace old, long limit) {
    for (int i = 0; i < old.count && below(old.starts[i], limit); i++) {
      long end = below(limit, old.ends[i]) ? limit : old.ends[i];
      append(old.starts[i], end, old.fileOffsets[i], old.dsos[i]);
    }
  }

  private void insertAbove(AddressSpace old, long limit) {
    for (int i = 0; i < old.count; i++) {
      if (below(limit, old.ends[i])) {
        long from = below(old.starts[i], limit) ? limit : old.starts[i];
        long offset = old.fileOffsets[i] + (from - old.starts[i]);
        append(from, old.ends[i], offset, old.dsos[i]);
      }
    }
  }

  private void append(long start, long end, long fileOffset, Dso dso) {
    starts[count] = start;
    ends[count] = end;
    fileOffsets[count] = fileOffset;
    dsos[count] = dso;
    count++;
  }

  private static boolean below(long a, long b) {
    return Long.compareUnsigned(a, b) < 0;
  }

  /** Position of the mapping that holds an address, or -1. */
  int find(long address) {
    int index = AddressTable.lastStartingAtOrBelow(starts, count, address);
    return index >= 0 && below(address, ends[index]) ? index : -1;
  }

  /** The function at an address in a mapping that {@link #find} found. */
  Site site(int index, long address) {
    return dsos[index].site(address - starts[index] + fileOffsets[index]);
  }

  @Override
  public String toString() {
    return count + " mappings from " + Arrays.toString(Arrays.copyOf(starts, Math.min(count, 1)));
  }
}
