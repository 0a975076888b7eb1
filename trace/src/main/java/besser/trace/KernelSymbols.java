package besser.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * Kernel symbols by address, as {@code /proc/kallsyms} lists them. Immutable; lookups allocate
 * nothing but their answer.
 */
public final class KernelSymbols {
  private static final KernelSymbols EMPTY = new KernelSymbols(List.of());

  private final long[] starts;
  private final Symbol[] symbols;
  private final Frame[] frames;

  /**
   * One symbol.
   *
   * @param startAddress where it starts, compared unsigned
   * @param type the letter nm and kallsyms use, such as {@code t} for text
   * @param name its name
   * @param module the module it belongs to without brackets, or the empty text for the kernel image
   */
  public record Symbol(long startAddress, char type, String name, String module) {
    public Symbol {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("symbol name must not be empty");
      }
    }
  }

  /** Symbols in any order. Of several at one address the first in the list answers lookups. */
  public KernelSymbols(List<Symbol> unsorted) {
    List<Symbol> sorted = new ArrayList<>(unsorted);
    sorted.sort(Comparator.comparing(Symbol::startAddress, Long::compareUnsigned));
    symbols = sorted.toArray(Symbol[]::new);
    starts = new long[symbols.length];
    frames = new Frame[symbols.length];
    for (int i = 0; i < symbols.length; i++) {
      starts[i] = symbols[i].startAddress();
      String module = symbols[i].module();
      frames[i] =
          new Frame(
              symbols[i].name(),
              module.isEmpty() ? Frame.KERNEL_MODULE : "[" + module + "]",
              Frame.Space.KERNEL);
    }
  }

  /** No symbols. */
  public static KernelSymbols empty() {
    return EMPTY;
  }

  /**
   * Parses text of the form of {@code /proc/kallsyms}: address, type, name, and a module in
   * brackets. Lines that are not of that form are counted under {@link Issue#UNPARSED_LINE}.
   *
   * @param place the file the text comes from, for the issue's place
   */
  public static KernelSymbols parse(String kallsyms, String place, IssueCounts issues) {
    List<Symbol> parsed = new ArrayList<>();
    int from = 0;
    while (from < kallsyms.length()) {
      int newline = kallsyms.indexOf('\n', from);
      int end = newline < 0 ? kallsyms.length() : newline;
      if (end > from && !parseLine(kallsyms.substring(from, end), parsed)) {
        issues.add(Issue.UNPARSED_LINE, place, from);
      }
      from = end + 1;
    }
    return new KernelSymbols(parsed);
  }

  private static boolean parseLine(String line, List<Symbol> into) {
    int space = line.indexOf(' ');
    if (space < 1 || space > 16 || line.length() < space + 4 || line.charAt(space + 2) != ' ') {
      return false;
    }
    long address;
    try {
      address = Long.parseUnsignedLong(line, 0, space, 16);
    } catch (NumberFormatException e) {
      return false;
    }
    String rest = line.substring(space + 3);
    int bracket = rest.indexOf('[');
    String name = (bracket < 0 ? rest : rest.substring(0, bracket)).strip();
    String module =
        bracket < 0 ? "" : rest.substring(bracket + 1).replace("]", "").replace("\0", "").strip();
    if (name.isEmpty()) {
      return false;
    }
    into.add(new Symbol(address, line.charAt(space + 1), name, module));
    return true;
  }

  /** Number of symbols. */
  public int size() {
    return symbols.length;
  }

  /** The symbol at a position of the address order, from 0 to {@code size - 1}. */
  public Symbol symbol(int index) {
    return symbols[index];
  }

  /** The frame of the symbol at a position; the same object each time. */
  public Frame frame(int index) {
    return frames[index];
  }

  /**
   * Position of the last symbol that starts at or below {@code address}, or -1 when there is none.
   * The last symbol of the table has no known end and answers for every address above it.
   */
  public int indexOf(long address) {
    int low = 0;
    int high = starts.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(starts[middle], address) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return firstAtSameAddress(high);
  }

  private int firstAtSameAddress(int index) {
    int first = index;
    while (first > 0 && starts[first - 1] == starts[first]) {
      first--;
    }
    return first;
  }

  /** Position of the first symbol of that name. */
  public OptionalInt indexOf(String name) {
    for (int i = 0; i < symbols.length; i++) {
      if (symbols[i].name().equals(name)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
