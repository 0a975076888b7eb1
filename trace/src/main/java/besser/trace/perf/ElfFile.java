package besser.trace.perf;

import besser.trace.TraceFormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The parts of an ELF file that name addresses: sections, program headers, symbol tables, build id
 * (System V ABI, chapters 4 and 5). Class 32 and 64, both byte orders.
 */
final class ElfFile implements Closeable {
  static final int TYPE_SYMTAB = 2;
  static final int TYPE_RELA = 4;
  static final int TYPE_NOBITS = 8;
  static final int TYPE_REL = 9;
  static final int TYPE_DYNSYM = 11;
  static final long FLAG_ALLOC = 2;

  private static final int NOTE_BUILD_ID = 3;
  private static final int SECTION_LIMIT_BYTES = 512 << 20;
  private static final int HEADER_TABLE_LIMIT = 1 << 16;

  private final Content content;
  private final String file;
  private final long fileBytes;
  private boolean is64;
  private boolean bigEndian;
  private int machine;
  private List<Section> sections = List.of();
  private List<Segment> segments = List.of();

  /** One section header. */
  record Section(
      String name,
      int type,
      long flags,
      long address,
      long offset,
      long sizeBytes,
      int link,
      long entryBytes) {}

  /** One program header that maps bytes of the file to addresses. */
  record Segment(long address, long offset, long memoryBytes) {
    boolean holds(long wanted) {
      return Long.compareUnsigned(wanted - address, memoryBytes) < 0;
    }
  }

  /** Where the file's bytes are. */
  private sealed interface Content {
    record File(FileChannel channel) implements Content {}

    record Memory(ByteBuffer image) implements Content {}
  }

  private ElfFile(Content content, long fileBytes, String file) {
    this.content = content;
    this.fileBytes = fileBytes;
    this.file = file;
  }

  /**
   * Opens a file and reads its tables.
   *
   * @throws TraceFormatException when it is no ELF file or its tables lie outside of it
   */
  static ElfFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    ElfFile elf = new ElfFile(new Content.File(channel), channel.size(), path.toString());
    try {
      elf.readTables();
      return elf;
    } catch (IOException | RuntimeException e) {
      elf.close();
      throw e;
    }
  }

  /** Reads the tables of an image that is no file, such as the vdso. */
  static ElfFile of(byte[] image, String name) throws IOException {
    ElfFile elf = new ElfFile(new Content.Memory(ByteBuffer.wrap(image)), image.length, name);
    elf.readTables();
    return elf;
  }

  boolean is64() {
    return is64;
  }

  int machine() {
    return machine;
  }

  List<Section> sections() {
    return sections;
  }

  Optional<Section> section(String name) {
    return sections.stream().filter(section -> section.name().equals(name)).findFirst();
  }

  /** The segment that maps an address, or empty. */
  Optional<Segment> segmentOf(long address) {
    for (Segment segment : segments) {
      if (segment.holds(address)) {
        return Optional.of(segment);
      }
    }
    return Optional.empty();
  }

  private void readTables() throws IOException {
    Bytes head = read(0, Math.min(64, fileBytes));
    if (head.array().length < 52 || head.i32(0) != magic(head)) {
      throw new TraceFormatException(file, 0, "an ELF header", "something else");
    }
    is64 = head.u8(4) == 2;
    bigEndian = head.u8(5) == 2;
    if (is64 && head.array().length < 64) {
      throw new TraceFormatException(file, 0, "an ELF header of 64 bytes", "fewer");
    }
    Bytes header = new Bytes(head.array(), bigEndian);
    machine = header.u16(18);
    readSegments(header);
    readSections(header);
  }

  private static int magic(Bytes head) {
    return head.bigEndian() ? 0x7f454c46 : 0x464c457f;
  }

  private void readSegments(Bytes header) throws IOException {
    long offset = is64 ? header.i64(32) : header.u32(28);
    int entryBytes = header.u16(is64 ? 54 : 42);
    int count = header.u16(is64 ? 56 : 44);
    if (count == 0 || entryBytes < (is64 ? 56 : 32)) {
      return;
    }
    Bytes table = read(offset, (long) count * entryBytes);
    List<Segment> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = i * entryBytes;
      read.add(
          is64
              ? new Segment(table.i64(at + 16), table.i64(at + 8), table.i64(at + 40))
              : new Segment(table.u32(at + 8), table.u32(at + 4), table.u32(at + 20)));
    }
    segments = List.copyOf(read);
  }

  private void readSections(Bytes header) throws IOException {
    long offset = is64 ? header.i64(40) : header.u32(32);
    int entryBytes = header.u16(is64 ? 58 : 46);
    int count = header.u16(is64 ? 60 : 48);
    int namesIndex = header.u16(is64 ? 62 : 50);
    if (count == 0 || count > HEADER_TABLE_LIMIT || entryBytes < (is64 ? 64 : 40)) {
      return;
    }
    Bytes table = read(offset, (long) count * entryBytes);
    List<Section> nameless = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nameless.add(section(table, i * entryBytes));
    }
    if (namesIndex >= count) {
      throw new TraceFormatException(
          file, offset, "a section of names below " + count, Integer.toString(namesIndex));
    }
    Bytes names = content(nameless.get(namesIndex));
    List<Section> named = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long nameOffset = table.u32(i * entryBytes);
      named.add(rename(nameless.get(i), text(names, nameOffset)));
    }
    sections = List.copyOf(named);
  }

  private Section section(Bytes table, int at) {
    if (is64) {
      return new Section(
          "",
          table.i32(at + 4),
          table.i64(at + 8),
          table.i64(at + 16),
          table.i64(at + 24),
          table.i64(at + 32),
          table.i32(at + 40),
          table.i64(at + 56));
    }
    return new Section(
        "",
        table.i32(at + 4),
        table.u32(at + 8),
        table.u32(at + 12),
        table.u32(at + 16),
        table.u32(at + 20),
        table.i32(at + 24),
        table.u32(at + 36));
  }

  private static Section rename(Section from, String name) {
    return new Section(
        name,
        from.type(),
        from.flags(),
        from.address(),
        from.offset(),
        from.sizeBytes(),
        from.link(),
        from.entryBytes());
  }

  /** NUL-ended text out of a string table; empty when the offset is outside. */
  static String text(Bytes table, long offset) {
    int length = table.array().length;
    return offset < 0 || offset >= length ? "" : table.text((int) offset, length);
  }

  /** The bytes of a section; none for one that has no place in the file. */
  Bytes content(Section section) throws IOException {
    return section.type() == TYPE_NOBITS
        ? new Bytes(new byte[0], bigEndian)
        : read(section.offset(), section.sizeBytes());
  }

  /** The build id in lower-case hexadecimal. */
  Optional<String> buildId() throws IOException {
    for (String name : List.of(".note.gnu.build-id", ".notes", ".note")) {
      Optional<Section> notes = section(name);
      if (notes.isPresent()) {
        return buildIdIn(content(notes.get()));
      }
    }
    return Optional.empty();
  }

  /** Looks through ELF notes, as they stand in a section or in {@code /sys/kernel/notes}. */
  static Optional<String> buildIdIn(Bytes notes) {
    long at = 0;
    int length = notes.array().length;
    while (at + 12 <= length) {
      int start = (int) at;
      long nameBytes = notes.u32(start);
      long contentBytes = notes.u32(start + 4);
      long contentAt = at + 12 + (nameBytes + 3 & ~3L);
      long next = contentAt + (contentBytes + 3 & ~3L);
      if (next > length) {
        return Optional.empty();
      }
      if (notes.i32(start + 8) == NOTE_BUILD_ID && notes.text(start + 12, length).equals("GNU")) {
        return Optional.of(
            HexFormat.of()
                .formatHex(notes.array(), (int) contentAt, (int) (contentAt + contentBytes)));
      }
      at = next;
    }
    return Optional.empty();
  }

  private Bytes read(long offset, long length) throws IOException {
    if (offset < 0 || length < 0 || length > SECTION_LIMIT_BYTES || offset > fileBytes - length) {
      throw new TraceFormatException(
          file,
          Math.max(offset, 0),
          "a table within the " + fileBytes + " bytes of the file",
          "one of " + length + " bytes");
    }
    return switch (content) {
      case Content.Memory memory -> {
        byte[] copy = new byte[(int) length];
        memory.image().get((int) offset, copy);
        yield new Bytes(copy, bigEndian);
      }
      case Content.File onDisk -> read(onDisk.channel(), offset, (int) length);
    };
  }

  private Bytes read(FileChannel channel, long offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new TraceFormatException(file, offset, length + " bytes", "the end of the file");
      }
    }
    return new Bytes(buffer.array(), bigEndian);
  }

  @Override
  public void close() throws IOException {
    if (content instanceof Content.File onDisk) {
      onDisk.channel().close();
    }
  }
}
