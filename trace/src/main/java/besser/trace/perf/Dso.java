package besser.trace.perf;

import besser.trace.Frame;
import org.jspecify.annotations.Nullable;

/** One object that was mapped into a process; its symbols are read when first asked for. */
final class Dso {
  private final String path;
  private final @Nullable String buildId;
  private final Site unknown;
  private final DsoSymbols symbols;
  private @Nullable AddressTable table;

  Dso(String path, @Nullable String buildId, DsoSymbols symbols, Sites sites) {
    this.path = path;
    this.buildId = buildId;
    this.symbols = symbols;
    this.unknown = sites.unknown(path, Frame.Space.USER);
  }

  String path() {
    return path;
  }

  @Nullable String buildId() {
    return buildId;
  }

  /** The function at an offset of the object's file; never null. */
  Site site(long fileOffset) {
    AddressTable loaded = table;
    if (loaded == null) {
      loaded = symbols.load(this);
      table = loaded;
    }
    Site found = loaded.find(fileOffset);
    return found == null ? unknown : found;
  }
}
