package besser.trace.perf;

import besser.trace.CompilerClones;
import besser.trace.Frame;
import java.util.HashMap;
import java.util.Map;

/** Makes each frame once, so that sinks can count by identity. */
final class Sites {
  private final Map<Frame, Site> byFrame = new HashMap<>();
  private final boolean withoutCompilerSuffixes;

  /**
   * @param withoutCompilerSuffixes whether {@code f.isra.0} and {@code f.cold} count as {@code f}
   */
  Sites(boolean withoutCompilerSuffixes) {
    this.withoutCompilerSuffixes = withoutCompilerSuffixes;
  }

  Site site(String symbol, String module, Frame.Space space) {
    String name = withoutCompilerSuffixes ? CompilerClones.originalOf(symbol) : symbol;
    return byFrame.computeIfAbsent(new Frame(name, module, space), Site::new);
  }

  Site unknown(String module, Frame.Space space) {
    return site(Frame.UNKNOWN_SYMBOL, module, space);
  }
}
