package besser.trace.perf;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where names for addresses are looked up.
 *
 * @param kallsyms kernel symbols captured with the profile; when absent, perf's build-id cache and
 *     then the running kernel are asked, and used only when the build id is the profile's
 * @param root directory that takes the place of {@code /} for the objects a profile names
 * @param buildIdCache perf's cache of the objects of past recordings
 * @param debugInfo where distributions install separate debug symbols
 * @param runningMachine whether the kernel and the vdso this process runs on may be asked
 * @param withoutCompilerSuffixes whether {@code f.isra.0}, {@code f.constprop.0} and {@code f.cold}
 *     count as {@code f}
 */
public record SymbolSources(
    Optional<Path> kallsyms,
    Optional<Path> root,
    Optional<Path> buildIdCache,
    Optional<Path> debugInfo,
    boolean runningMachine,
    boolean withoutCompilerSuffixes) {

  /** What perf itself asks for a profile of this machine. */
  public static SymbolSources ofThisMachine() {
    return new SymbolSources(
        Optional.empty(),
        Optional.of(Path.of("/")),
        Optional.of(Path.of(System.getProperty("user.home"), ".debug")),
        Optional.of(Path.of("/usr/lib/debug")),
        true,
        false);
  }

  /** No names but those in the profile itself: for a profile of another machine. */
  public static SymbolSources none() {
    return new SymbolSources(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false, false);
  }

  /** The same, with kernel symbols out of a copy of {@code /proc/kallsyms}. */
  public SymbolSources withKallsyms(Path file) {
    return new SymbolSources(
        Optional.of(file), root, buildIdCache, debugInfo, runningMachine, withoutCompilerSuffixes);
  }

  /** The same, with compiler clones counted as the function they were made from. */
  public SymbolSources cleaned() {
    return new SymbolSources(kallsyms, root, buildIdCache, debugInfo, runningMachine, true);
  }

  /** A path of the profiled machine as a path here. */
  Optional<Path> locate(String object) {
    if (!object.startsWith("/") || object.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return root.map(directory -> directory.resolve(object.substring(1)));
  }
}
