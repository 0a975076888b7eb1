package besser.trace.perf;

import besser.trace.Frame;
import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.KernelSymbols;
import java.io.IOException;
import java.nio.ByteBuffer;
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
  private Optional<Text> text = Optional.empty();
  private Optional<KernelSymbols> symbols = Optional.empty();

  /** The content of a file of symbols; empty when there is none. */
  private record Text(String place, ByteBuffer bytes) {}

  KallsymsFinder(SymbolSources sources, PerfFeatures features, IssueCounts issues) {
    this.sources = sources;
    this.features = features;
    this.issues = issues;
  }

  /** The symbols as the rest of the library knows them; costly, and not needed to name samples. */
  KernelSymbols symbols() {
    if (symbols.isEmpty()) {
      String content = new String(text(), StandardCharsets.ISO_8859_1);
      String place = text.map(Text::place).orElse("");
      symbols = Optional.of(KernelSymbols.parse(content, place, issues));
    }
    return symbols.get();
  }

  /** The text of kallsyms; no bytes when none was found. */
  byte[] text() {
    if (text.isEmpty()) {
      text = Optional.of(read());
    }
    return text.get().bytes().array();
  }

  private Text read() {
    for (Path candidate : candidates()) {
      try {
        if (!Files.isReadable(candidate) || Files.size(candidate) > LIMIT_BYTES) {
          continue;
        }
        byte[] bytes = Files.readAllBytes(candidate);
        if (hasAddresses(bytes)) {
          return new Text(candidate.toString(), ByteBuffer.wrap(bytes));
        }
      } catch (IOException e) {
        issues.add(Issue.DAMAGED_SECTION, candidate + ": " + e.getMessage());
      }
    }
    return new Text("", ByteBuffer.allocate(0));
  }

  /** Without privileges the kernel lists all its symbols at address 0 (kptr_restrict). */
  private static boolean hasAddresses(byte[] bytes) {
    for (int i = 0; i + 1 < bytes.length; i++) {
      boolean inAddress = i == 0 || bytes[i - 1] == '\n';
      if (inAddress) {
        int at = i;
        while (at < bytes.length && bytes[at] == '0') {
          at++;
        }
        if (at < bytes.length && Character.digit(bytes[at], 16) > 0) {
          return true;
        }
      }
    }
    return false;
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
