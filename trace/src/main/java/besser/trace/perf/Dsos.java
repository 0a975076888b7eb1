package besser.trace.perf;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects mapped into processes, each made once however many processes map it. */
final class Dsos {
  private static final int PROT_EXEC = 4;
  private static final int MAP_HUGETLB = 0x40000;

  private final Map<Key, Dso> byKey = new HashMap<>();
  private final DsoSymbols symbols;
  private final Sites sites;
  private final PerfFeatures features;

  private record Key(String path, String buildId) {}

  /** What a mapping record says of itself. */
  record Mapping(long start, long length, long fileOffset, int prot, int flags, String name) {
    /** The last address may be the end of the address space. */
    long end() {
      return start + length;
    }

    boolean isValid() {
      return length != 0 && Long.compareUnsigned(start, start + length - 1) <= 0;
    }
  }

  Dsos(SymbolSources sources, Sites sites, PerfFeatures features) {
    this.symbols = new DsoSymbols(sources, sites);
    this.sites = sites;
    this.features = features;
  }

  /** Adds a mapping to a process, as perf does in {@code map__new}. */
  void map(Mapping mapping, @Nullable String buildId, Task task, int version) {
    String name = mapping.name();
    long fileOffset = mapping.fileOffset();
    boolean anonymous = isAnonymous(name) || (mapping.flags() & MAP_HUGETLB) != 0;
    boolean withoutObject = isWithoutObject(name);
    if (anonymous || withoutObject) {
      fileOffset = mapping.start();
      if ((mapping.prot() & PROT_EXEC) != 0) {
        name = "/tmp/perf-" + task.pid() + ".map";
      }
    } else if (isVdso(name)) {
      name = DsoSymbols.VDSO;
      fileOffset = 0;
    }
    task.space().map(mapping.start(), mapping.end(), fileOffset, dso(name, buildId), version);
  }

  private Dso dso(String name, @Nullable String buildId) {
    String known = buildId == null ? features.buildId(name).orElse("") : buildId;
    return byKey.computeIfAbsent(
        new Key(name, known), key -> new Dso(name, known.isEmpty() ? null : known, symbols, sites));
  }

  private static boolean isVdso(String name) {
    return name.startsWith("[vdso]") || name.startsWith("[vdso32]") || name.startsWith("[vdsox32]");
  }

  private static boolean isAnonymous(String name) {
    return name.equals("//anon")
        || name.startsWith("/dev/zero")
        || name.startsWith("/anon_hugepage")
        || name.startsWith("[anon");
  }

  private static boolean isWithoutObject(String name) {
    return name.startsWith("[stack") || name.startsWith("/SYSV") || name.equals("[heap]");
  }
}
