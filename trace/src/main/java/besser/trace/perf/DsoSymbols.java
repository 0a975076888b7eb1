package besser.trace.perf;

import besser.trace.Frame;
import besser.trace.TraceFormatException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the symbols of user-space objects where perf looks for them: separate debug symbols, the
 * build-id cache, the object itself, and the map files that just-in-time compilers leave.
 */
final class DsoSymbols {
  static final String VDSO = "[vdso]";

  private static final Pattern JIT_MAP = Pattern.compile("/tmp/perf-[0-9]+\\.map");
  private static final Pattern VDSO_MAPPING =
      Pattern.compile("([0-9a-f]{1,15})-([0-9a-f]{1,15}) .*\\[vdso]");
  private static final Pattern JIT_LINE =
      Pattern.compile("(?:0x)?([0-9a-f]{1,16}) (?:0x)?([0-9a-f]{1,16}) (.+)");
  private static final long JIT_LIMIT_BYTES = 256L << 20;

  private final SymbolSources sources;
  private final Sites sites;

  DsoSymbols(SymbolSources sources, Sites sites) {
    this.sources = sources;
    this.sites = sites;
  }

  /** The symbols by file offset; none when no file of the object's build id is found. */
  AddressTable load(Dso dso) {
    try {
      if (JIT_MAP.matcher(dso.path()).matches()) {
        return readJitMap(dso);
      }
      AddressTable table = readElf(dso);
      boolean vdso = dso.path().equals(VDSO) && sources.runningMachine();
      return vdso && table.size() == 0 ? readOwnVdso(dso) : table;
    } catch (IOException | TraceFormatException e) {
      // perf shows such an object's addresses without names; so does the frame of an empty table
      return AddressTable.EMPTY;
    }
  }

  private AddressTable readElf(Dso dso) throws IOException {
    String buildId = buildIdOf(dso);
    List<ElfFile> opened = new ArrayList<>();
    try {
      ElfFile named = null;
      ElfFile mapped = null;
      for (Path candidate : candidates(dso, buildId)) {
        Optional<ElfFile> file = openMatching(candidate, buildId);
        if (file.isEmpty()) {
          continue;
        }
        opened.add(file.get());
        if (named == null && ElfSymbols.hasSymbols(file.get())) {
          named = file.get();
        }
        if (mapped == null && ElfSymbols.isRunnable(file.get())) {
          mapped = file.get();
        }
        if (named != null && mapped != null) {
          break;
        }
      }
      return read(named, mapped, dso);
    } finally {
      for (ElfFile file : opened) {
        file.close();
      }
    }
  }

  /** The kernel maps the same vdso into every process of a machine, this one included. */
  private AddressTable readOwnVdso(Dso dso) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
      Matcher matcher = VDSO_MAPPING.matcher(line);
      if (matcher.matches()) {
        long start = Long.parseLong(matcher.group(1), 16);
        byte[] image = new byte[(int) (Long.parseLong(matcher.group(2), 16) - start)];
        try (RandomAccessFile memory = new RandomAccessFile("/proc/self/mem", "r")) {
          memory.seek(start);
          memory.readFully(image);
        }
        try (ElfFile elf = ElfFile.of(image, VDSO)) {
          String wanted = dso.buildId();
          return wanted == null || elf.buildId().filter(wanted::equals).isPresent()
              ? ElfSymbols.read(elf, elf, dso.path(), sites)
              : AddressTable.EMPTY;
        }
      }
    }
    return AddressTable.EMPTY;
  }

  private AddressTable read(@Nullable ElfFile named, @Nullable ElfFile mapped, Dso dso)
      throws IOException {
    ElfFile names = named == null ? mapped : named;
    ElfFile segments = mapped == null ? named : mapped;
    if (names == null || segments == null) {
      return AddressTable.EMPTY;
    }
    return ElfSymbols.read(names, segments, dso.path(), sites);
  }

  private @Nullable String buildIdOf(Dso dso) throws IOException {
    String known = dso.buildId();
    Optional<Path> object = sources.locate(dso.path()).filter(Files::isRegularFile);
    if (known != null || object.isEmpty()) {
      return known;
    }
    try (ElfFile elf = ElfFile.open(object.get())) {
      return elf.buildId().orElse(null);
    }
  }

  private static Optional<ElfFile> openMatching(Path candidate, @Nullable String buildId) {
    if (!Files.isRegularFile(candidate)) {
      return Optional.empty();
    }
    try {
      ElfFile elf = ElfFile.open(candidate);
      if (buildId == null || elf.buildId().filter(buildId::equals).isPresent()) {
        return Optional.of(elf);
      }
      elf.close();
      return Optional.empty();
    } catch (IOException | TraceFormatException e) {
      return Optional.empty();
    }
  }

  /** In perf's order ({@code binary_type_symtab}). */
  private List<Path> candidates(Dso dso, @Nullable String buildId) throws IOException {
    List<Path> paths = new ArrayList<>();
    Optional<Path> object = sources.locate(dso.path());
    object.ifPresent(path -> paths.addAll(debugLinks(path, dso.path())));
    if (buildId != null && buildId.length() > 2) {
      String directory = buildId.substring(0, 2);
      String rest = buildId.substring(2);
      sources
          .buildIdCache()
          .map(cache -> cache.resolve(".build-id").resolve(directory).resolve(rest))
          .ifPresent(
              entry -> {
                paths.add(entry.resolve(dso.path().equals(VDSO) ? "vdso" : "elf"));
                paths.add(entry.resolve("debug"));
              });
      addSeparateDebugFiles(dso, paths);
      sources
          .debugInfo()
          .map(base -> base.resolve(".build-id").resolve(directory).resolve(rest + ".debug"))
          .ifPresent(paths::add);
    } else {
      addSeparateDebugFiles(dso, paths);
    }
    object.ifPresent(paths::add);
    return paths;
  }

  private void addSeparateDebugFiles(Dso dso, List<Path> paths) {
    if (dso.path().startsWith("/")) {
      String relative = dso.path().substring(1);
      sources.debugInfo().ifPresent(base -> paths.add(base.resolve(relative + ".debug")));
      sources.debugInfo().ifPresent(base -> paths.add(base.resolve(relative)));
    }
  }

  private List<Path> debugLinks(Path object, String pathOnMachine) {
    if (!Files.isRegularFile(object)) {
      return List.of();
    }
    try (ElfFile elf = ElfFile.open(object)) {
      Optional<ElfFile.Section> link = elf.section(".gnu_debuglink");
      if (link.isEmpty()) {
        return List.of();
      }
      String name = ElfFile.text(elf.content(link.get()), 0);
      if (name.isEmpty() || name.indexOf('/') >= 0) {
        return List.of();
      }
      List<Path> paths = new ArrayList<>();
      paths.add(object.resolveSibling(name));
      paths.add(object.resolveSibling(".debug").resolve(name));
      int slash = pathOnMachine.lastIndexOf('/');
      String directory = slash <= 0 ? "" : pathOnMachine.substring(1, slash);
      sources.debugInfo().ifPresent(base -> paths.add(base.resolve(directory).resolve(name)));
      return paths;
    } catch (IOException | TraceFormatException e) {
      return List.of();
    }
  }

  /** Lines of start, size and name, as {@code tools/perf/Documentation/jit-interface.txt} says. */
  private AddressTable readJitMap(Dso dso) throws IOException {
    Optional<Path> file = sources.locate(dso.path()).filter(Files::isRegularFile);
    if (file.isEmpty() || Files.size(file.get()) > JIT_LIMIT_BYTES) {
      return AddressTable.EMPTY;
    }
    record Line(long start, long size, String name) {}
    List<Line> lines = new ArrayList<>();
    for (String text : Files.readString(file.get(), StandardCharsets.ISO_8859_1).split("\n", -1)) {
      Matcher matcher = JIT_LINE.matcher(text);
      if (matcher.matches()) {
        lines.add(
            new Line(
                Long.parseUnsignedLong(matcher.group(1), 16),
                Long.parseUnsignedLong(matcher.group(2), 16),
                matcher.group(3)));
      }
    }
    lines.sort((a, b) -> Long.compareUnsigned(a.start(), b.start()));
    long[] starts = lines.stream().mapToLong(Line::start).toArray();
    long[] ends = lines.stream().mapToLong(line -> line.start() + line.size()).toArray();
    return new AddressTable(
        starts, ends, index -> sites.site(lines.get(index).name(), dso.path(), Frame.Space.USER));
  }
}
