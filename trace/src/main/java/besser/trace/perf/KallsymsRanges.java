package besser.trace.perf;

import besser.trace.Frame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Turns the text of kallsyms, which has no sizes, into ranges as perf does ({@code
 * symbols__fixup_end} and {@code symbols__fixup_duplicate}): each symbol reaches to the next, but
 * not from one module into another; of several at one address the last in the file counts, being
 * the only one that then has a length.
 *
 * <p>A profile names few of the symbols there are, so names stay in the text until they are asked
 * for.
 */
final class KallsymsRanges {
  private static final String CODE_AND_DATA = "TWDBtwdb";
  private static final long PAGE_BYTES = 4096;
  private static final int NONE = -1;

  /** The profile does not say where the kernel was; its symbols are taken as they are. */
  static final long UNKNOWN_ADDRESS = 0;

  private final byte[] text;
  private long[] starts = new long[1 << 16];
  private int[] nameAts = new int[1 << 16];
  private int[] moduleAts = new int[1 << 16];
  private int count;

  private KallsymsRanges(byte[] text) {
    this.text = text;
  }

  /**
   * @param text lines of address, type, name and perhaps a module in brackets; others are left out
   * @param textSymbol a symbol of the image whose address in the profile is known
   * @param textAddress that address; symbols of the image are moved by the difference (KASLR)
   */
  static AddressTable table(byte[] text, String textSymbol, long textAddress, Sites sites) {
    KallsymsRanges ranges = new KallsymsRanges(text);
    ranges.parse();
    ranges.sort();
    ranges.dropDuplicates();
    return ranges.table(ranges.shift(textSymbol, textAddress), sites);
  }

  private void parse() {
    int at = 0;
    while (at < text.length) {
      int end = at;
      while (end < text.length && text[end] != '\n') {
        end++;
      }
      parseLine(at, end);
      at = end + 1;
    }
  }

  private void parseLine(int from, int end) {
    long address = 0;
    int at = from;
    while (at < end && at - from < 16 && text[at] != ' ') {
      int digit = Character.digit(text[at], 16);
      if (digit < 0) {
        return;
      }
      address = address << 4 | digit;
      at++;
    }
    boolean shaped = at > from && at + 3 < end && text[at] == ' ' && text[at + 2] == ' ';
    if (!shaped || CODE_AND_DATA.indexOf(text[at + 1]) < 0 || text[at + 3] == '$') {
      return;
    }
    int module = NONE;
    for (int i = at + 3; i < end; i++) {
      if (text[i] == '[') {
        module = i;
        break;
      }
    }
    add(address, at + 3, module);
  }

  private void add(long address, int nameAt, int moduleAt) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      nameAts = Arrays.copyOf(nameAts, 2 * count);
      moduleAts = Arrays.copyOf(moduleAts, 2 * count);
    }
    starts[count] = address;
    nameAts[count] = nameAt;
    moduleAts[count] = moduleAt;
    count++;
  }

  /** The image is listed in order, modules mostly are not. */
  private void sort() {
    boolean sorted = true;
    for (int i = 1; i < count; i++) {
      sorted &= Long.compareUnsigned(starts[i - 1], starts[i]) <= 0;
    }
    if (sorted) {
      return;
    }
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparing(i -> starts[i], Long::compareUnsigned))
            .mapToInt(i -> i)
            .toArray();
    starts = Arrays.stream(order).mapToLong(i -> starts[i]).toArray();
    nameAts = Arrays.stream(order).map(i -> nameAts[i]).toArray();
    moduleAts = Arrays.stream(order).map(i -> moduleAts[i]).toArray();
  }

  private void dropDuplicates() {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (kept > 0 && starts[kept - 1] == starts[i]) {
        kept--;
      }
      starts[kept] = starts[i];
      nameAts[kept] = nameAts[i];
      moduleAts[kept] = moduleAts[i];
      kept++;
    }
    count = kept;
  }

  private long shift(String textSymbol, long textAddress) {
    if (textAddress == UNKNOWN_ADDRESS) {
      return 0;
    }
    byte[] wanted = (textSymbol + "\n").getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < count; i++) {
      int at = nameAts[i];
      boolean fits = at + wanted.length <= text.length;
      if (fits && Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length)) {
        return textAddress - starts[i];
      }
    }
    return 0;
  }

  private AddressTable table(long shift, Sites sites) {
    long[] ends = new long[count];
    for (int i = 0; i < count; i++) {
      ends[i] = end(i) + (moduleAts[i] == NONE ? shift : 0);
    }
    long[] moved = new long[count];
    for (int i = 0; i < count; i++) {
      moved[i] = starts[i] + (moduleAts[i] == NONE ? shift : 0);
    }
    return new AddressTable(moved, ends, index -> site(index, sites));
  }

  private long end(int index) {
    boolean last = index + 1 == count;
    if (!last && isSameModule(moduleAts[index], moduleAts[index + 1])) {
      return starts[index + 1];
    }
    return (starts[index] + PAGE_BYTES - 1 & -PAGE_BYTES) + PAGE_BYTES;
  }

  private boolean isSameModule(int a, int b) {
    if (a == NONE || b == NONE) {
      return a == b;
    }
    return module(a).equals(module(b));
  }

  /** The module with its brackets. */
  private String module(int at) {
    int end = at;
    while (end < text.length && text[end] != ']' && text[end] != '\n') {
      end++;
    }
    return new String(text, at, end - at, StandardCharsets.ISO_8859_1) + "]";
  }

  private Site site(int index, Sites sites) {
    int end = nameAts[index];
    while (end < text.length && text[end] > ' ') {
      end++;
    }
    int from = nameAts[index];
    String name = new String(text, from, end - from, StandardCharsets.ISO_8859_1);
    String module = moduleAts[index] == NONE ? Frame.KERNEL_MODULE : module(moduleAts[index]);
    return name.isEmpty()
        ? sites.unknown(module, Frame.Space.KERNEL)
        : sites.site(name, module, Frame.Space.KERNEL);
  }
}
