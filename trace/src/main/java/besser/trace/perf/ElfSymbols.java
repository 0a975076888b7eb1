package besser.trace.perf;

import besser.trace.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Functions and data of one object by offset in its file, chosen and bounded as perf does ({@code
 * dso__load_sym}, {@code symbols__fixup_end} and {@code symbols__fixup_duplicate} of {@code
 * tools/perf/util}).
 */
final class ElfSymbols {
  private static final int TYPE_NONE = 0;
  private static final int TYPE_OBJECT = 1;
  private static final int TYPE_FUNCTION = 2;
  private static final int TYPE_INDIRECT_FUNCTION = 10;
  private static final int BIND_GLOBAL = 1;
  private static final int BIND_WEAK = 2;
  private static final int SECTION_UNDEFINED = 0;
  private static final int SECTION_ABSOLUTE = 0xfff1;
  private static final int MACHINE_ARM = 40;
  private static final int MACHINE_AARCH64 = 183;

  private final ElfFile named;
  private final ElfFile mapped;
  private final List<Symbol> symbols = new ArrayList<>();

  /** A symbol; {@code end} is set later for those without a size. */
  private record Symbol(long start, long end, int binding, int type, String name) {
    boolean isEmpty() {
      return start == end;
    }

    Symbol endingAt(long newEnd) {
      return new Symbol(start, newEnd, binding, type, name);
    }
  }

  private ElfSymbols(ElfFile named, ElfFile mapped) {
    this.named = named;
    this.mapped = mapped;
  }

  /**
   * Reads the symbols of an object.
   *
   * @param named the file with the symbols, which may be a separate file of debug symbols
   * @param mapped the file that was mapped, whose segments turn addresses into offsets
   */
  static AddressTable read(ElfFile named, ElfFile mapped, String module, Sites sites)
      throws IOException {
    ElfSymbols reader = new ElfSymbols(named, mapped);
    Optional<ElfFile.Section> full = sectionOf(named, ".symtab", ElfFile.TYPE_SYMTAB);
    if (full.isPresent()) {
      reader.addTable(full.get());
    }
    Optional<ElfFile.Section> dynamic = sectionOf(named, ".dynsym", ElfFile.TYPE_DYNSYM);
    if (dynamic.isPresent()) {
      reader.addTable(dynamic.get());
    }
    List<Symbol> chosen = new ArrayList<>(withoutDuplicates(withEnds(reader.symbols)));
    reader.addProcedureLinkage(chosen);
    chosen.sort(Comparator.comparing(Symbol::start, Long::compareUnsigned));
    return table(chosen, module, sites);
  }

  static boolean hasSymbols(ElfFile elf) {
    return sectionOf(elf, ".symtab", ElfFile.TYPE_SYMTAB).isPresent();
  }

  static boolean isRunnable(ElfFile elf) {
    return sectionOf(elf, ".dynsym", ElfFile.TYPE_DYNSYM).isPresent();
  }

  private static Optional<ElfFile.Section> sectionOf(ElfFile elf, String name, int type) {
    return elf.section(name).filter(section -> section.type() == type);
  }

  private static AddressTable table(List<Symbol> symbols, String module, Sites sites) {
    long[] starts = new long[symbols.size()];
    long[] ends = new long[symbols.size()];
    String[] names = new String[symbols.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = symbols.get(i).start();
      ends[i] = symbols.get(i).end();
      names[i] = symbols.get(i).name();
    }
    return new AddressTable(
        starts, ends, index -> sites.site(names[index], module, Frame.Space.USER));
  }

  private void addTable(ElfFile.Section section) throws IOException {
    if (section.link() < 0 || section.link() >= named.sections().size()) {
      return;
    }
    Bytes table = named.content(section);
    Bytes names = named.content(named.sections().get(section.link()));
    int entryBytes = named.is64() ? 24 : 16;
    int count = table.array().length / entryBytes;
    for (int i = 0; i < count; i++) {
      addSymbol(table, i * entryBytes, names);
    }
  }

  private void addSymbol(Bytes table, int at, Bytes names) {
    boolean wide = named.is64();
    int info = table.u8(at + (wide ? 4 : 12));
    int other = table.u8(at + (wide ? 5 : 13));
    int index = table.u16(at + (wide ? 6 : 14));
    long value = wide ? table.i64(at + 8) : table.u32(at + 4);
    long size = wide ? table.i64(at + 16) : table.u32(at + 8);
    long nameOffset = table.u32(at);
    int type = info & 15;
    boolean label = isLabel(type, index, other);
    if (nameOffset == 0 || index == SECTION_UNDEFINED || index == SECTION_ABSOLUTE) {
      return;
    }
    if (!label && !isFunctionOrObject(type)) {
      return;
    }
    String name = ElfFile.text(names, nameOffset);
    if (name.isEmpty() || isArmMappingSymbol(name) || index >= named.sections().size()) {
      return;
    }
    ElfFile.Section section = named.sections().get(index);
    if ((section.flags() & ElfFile.FLAG_ALLOC) == 0 || (label && !isTextOrData(section))) {
      return;
    }
    if (named.machine() == MACHINE_ARM && type == TYPE_FUNCTION) {
      value &= ~1L;
    }
    long start = fileOffset(value, section, index);
    symbols.add(new Symbol(start, start + size, info >>> 4, type, name));
  }

  private static boolean isLabel(int type, int sectionIndex, int other) {
    int visibility = other & 3;
    boolean hiddenOrInternal = visibility == 1 || visibility == 2;
    return type == TYPE_NONE && sectionIndex != SECTION_ABSOLUTE && !hiddenOrInternal;
  }

  private static boolean isFunctionOrObject(int type) {
    return type == TYPE_FUNCTION || type == TYPE_INDIRECT_FUNCTION || type == TYPE_OBJECT;
  }

  private static boolean isTextOrData(ElfFile.Section section) {
    return section.name().contains("text") || section.name().contains("data");
  }

  /** ARM marks changes between code and data by symbols that name no function. */
  private boolean isArmMappingSymbol(String name) {
    return (named.machine() == MACHINE_ARM || named.machine() == MACHINE_AARCH64)
        && name.length() >= 2
        && name.charAt(0) == '$'
        && "adtx".indexOf(name.charAt(1)) >= 0
        && (name.length() == 2 || name.charAt(2) == '.');
  }

  private long fileOffset(long address, ElfFile.Section section, int index) {
    Optional<ElfFile.Segment> segment = mapped.segmentOf(address);
    if (segment.isPresent()) {
      return address - segment.get().address() + segment.get().offset();
    }
    ElfFile.Section inMapped =
        section.type() == ElfFile.TYPE_NOBITS && index < mapped.sections().size()
            ? mapped.sections().get(index)
            : section;
    return address - inMapped.address() + inMapped.offset();
  }

  /** A symbol without a size reaches to the next one; the last one to the end of its page. */
  private static List<Symbol> withEnds(List<Symbol> unsorted) {
    List<Symbol> sorted = new ArrayList<>(unsorted);
    sorted.sort(Comparator.comparing(Symbol::start, Long::compareUnsigned));
    for (int i = 0; i < sorted.size(); i++) {
      Symbol symbol = sorted.get(i);
      if (symbol.isEmpty()) {
        long end =
            i + 1 < sorted.size()
                ? sorted.get(i + 1).start()
                : (symbol.start() + 4095 & -4096L) + 4096;
        sorted.set(i, symbol.endingAt(end));
      }
    }
    return sorted;
  }

  private static List<Symbol> withoutDuplicates(List<Symbol> sorted) {
    List<Symbol> kept = new ArrayList<>();
    for (Symbol symbol : sorted) {
      if (!kept.isEmpty() && kept.getLast().start() == symbol.start()) {
        if (!isPreferred(kept.getLast(), symbol)) {
          kept.set(kept.size() - 1, symbol);
        }
      } else {
        kept.add(symbol);
      }
    }
    return kept;
  }

  /** Whether the first of two symbols at one address is the better name. */
  private static boolean isPreferred(Symbol a, Symbol b) {
    if (a.isEmpty() != b.isEmpty()) {
      return b.isEmpty();
    }
    if ((a.type() == TYPE_NONE) != (b.type() == TYPE_NONE)) {
      return b.type() == TYPE_NONE;
    }
    if ((a.binding() == BIND_WEAK) != (b.binding() == BIND_WEAK)) {
      return b.binding() == BIND_WEAK;
    }
    if ((a.binding() == BIND_GLOBAL) != (b.binding() == BIND_GLOBAL)) {
      return a.binding() == BIND_GLOBAL;
    }
    int underscores = Integer.compare(leadingUnderscores(a.name()), leadingUnderscores(b.name()));
    if (underscores != 0) {
      return underscores < 0;
    }
    return a.name().length() >= b.name().length();
  }

  private static int leadingUnderscores(String name) {
    int count = 0;
    while (count < name.length() && name.charAt(count) == '_') {
      count++;
    }
    return count;
  }

  /** Entries of the procedure linkage table have no symbols; perf calls them {@code name@plt}. */
  private void addProcedureLinkage(List<Symbol> into) throws IOException {
    Optional<ElfFile.Section> linkage = mapped.section(".plt");
    Optional<ElfFile.Section> dynamic = sectionOf(mapped, ".dynsym", ElfFile.TYPE_DYNSYM);
    Optional<ElfFile.Section> relocations =
        mapped.section(".rela.plt").or(() -> mapped.section(".rel.plt"));
    if (linkage.isEmpty() || dynamic.isEmpty() || relocations.isEmpty()) {
      return;
    }
    int namesIndex = dynamic.get().link();
    if (namesIndex < 0 || namesIndex >= mapped.sections().size()) {
      return;
    }
    ElfFile.Section names = mapped.sections().get(namesIndex);
    long entryBytes = linkage.get().entryBytes();
    long headBytes = entryBytes;
    if (mapped.machine() == MACHINE_ARM) {
      headBytes = 20;
      entryBytes = 12;
    } else if (mapped.machine() == MACHINE_AARCH64) {
      headBytes = 32;
      entryBytes = 16;
    }
    Bytes table = mapped.content(relocations.get());
    Bytes symbolTable = mapped.content(dynamic.get());
    Bytes nameTable = mapped.content(names);
    int relocationBytes = relocationBytes(relocations.get());
    long at = linkage.get().offset() + headBytes;
    for (int i = 0; (i + 1) * relocationBytes <= table.array().length; i++) {
      long symbol = relocatedSymbol(table, i * relocationBytes);
      long nameAt = symbol * (mapped.is64() ? 24 : 16);
      if (nameAt >= 0 && nameAt + 16 <= symbolTable.array().length) {
        String name = ElfFile.text(nameTable, symbolTable.u32((int) nameAt));
        into.add(new Symbol(at, at + entryBytes, BIND_GLOBAL, TYPE_FUNCTION, name + "@plt"));
      }
      at += entryBytes;
    }
  }

  private int relocationBytes(ElfFile.Section relocations) {
    int words = relocations.type() == ElfFile.TYPE_RELA ? 3 : 2;
    return words * (mapped.is64() ? 8 : 4);
  }

  private long relocatedSymbol(Bytes table, int at) {
    return mapped.is64() ? table.i64(at + 8) >>> 32 : table.u32(at + 4) >>> 8;
  }
}
