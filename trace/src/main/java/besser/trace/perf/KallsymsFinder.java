package besser.trace.perf;

import besser.trace.Frame;
import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.KernelSymbols;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the kernel symbols that belong to a profile, where {@link SymbolSources} allows. */
final class KallsymsFinder {
  private static final Path RUNNING_KALLSYMS = Path.of("/proc/kallsyms");
  private static final Path RUNNING_NOTES = Path.of("/sys/kernel/notes");
  private static final long LIMIT_BYTES = 1L << 30;

  private final SymbolSources sources;
  private final PerfFeatures features;
  private final IssueCounts issues;
  private Optional<KernelSymbols> found = Optional.empty();

  KallsymsFinder(SymbolSources sources, PerfFeatures features, IssueCounts issues) {
    this.sources = sources;
    this.features = features;
    this.issues = issues;
  }

  KernelSymbols symbols() {
    if (found.isEmpty()) {
      found = Optional.of(read());
    }
    return found.get();
  }

  private KernelSymbols read() {
    for (Path candidate : candidates()) {
      try {
        if (!Files.isReadable(candidate) || Files.size(candidate) > LIMIT_BYTES) {
          continue;
        }
        String text = Files.readString(candidate, StandardCharsets.ISO_8859_1);
        KernelSymbols read = KernelSymbols.parse(text, candidate.toString(), issues);
        if (read.size() > 0 && read.symbol(read.size() - 1).startAddress() != 0) {
          return read;
        }
      } catch (IOException e) {
        issues.add(Issue.DAMAGED_SECTION, candidate + ": " + e.getMessage());
      }
    }
    return KernelSymbols.empty();
  }

  private List<Path> candidates() {
    List<Path> paths = new ArrayList<>();
    sources.kallsyms().ifPresent(paths::add);
    Optional<String> buildId = features.buildId(Frame.KERNEL_MODULE);
    if (sources.runningMachine() && isRunningKernel(buildId)) {
      paths.add(RUNNING_KALLSYMS);
    }
    if (buildId.isPresent() && sources.buildIdCache().isPresent()) {
      Path cache = sources.buildIdCache().get();
      paths.add(cache.resolve(Frame.KERNEL_MODULE).resolve(buildId.get()).resolve("kallsyms"));
    }
    return paths;
  }

  private static boolean isRunningKernel(Optional<String> buildId) {
    if (buildId.isEmpty()) {
      return true;
    }
    try {
      byte[] notes = Files.readAllBytes(RUNNING_NOTES);
      boolean bigEndian = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
      return ElfFile.buildIdIn(new Bytes(notes, bigEndian)).equals(buildId);
    } catch (IOException e) {
      return false;
    }
  }
}
