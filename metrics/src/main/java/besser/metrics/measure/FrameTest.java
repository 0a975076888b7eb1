package besser.metrics.measure;

import besser.metrics.Source.SampleMatch;
import besser.metrics.match.NamePattern;
import besser.trace.Frame;
import besser.trace.Sample;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether a sample is one a plan means. What a frame fits is worked out once per frame, as sources
 * hand out the same object for equal frames.
 */
final class FrameTest {
  // more than a kernel has functions; met only when a source makes a new object per frame
  private static final int MAX_FRAMES = 1 << 18;

  private final SampleMatch match;
  private final List<NamePattern> parts;
  private final IdentityHashMap<Frame, Integer> partsOfFrame = new IdentityHashMap<>();

  FrameTest(SampleMatch match, String name) {
    this.match = match;
    this.parts =
        match == SampleMatch.CHAIN
            ? Stream.of(name.split(";", -1)).map(String::strip).map(NamePattern::of).toList()
            : List.of(NamePattern.of(name));
    if (parts.size() > Integer.SIZE) {
      throw new IllegalArgumentException(
          "a call chain pattern may have at most %d functions, got %d"
              .formatted(Integer.SIZE, parts.size()));
    }
  }

  boolean test(Sample sample) {
    return switch (match) {
      case SYMBOL, MODULE -> partsOf(sample.frame(0)) != 0;
      case CHAIN -> chain(sample);
    };
  }

  /** All parts in their order from the root, with or without other frames between them. */
  private boolean chain(Sample sample) {
    int next = 0;
    for (int i = sample.depth() - 1; i >= 0; i--) {
      if ((partsOf(sample.frame(i)) & (1 << next)) != 0 && ++next == parts.size()) {
        return true;
      }
    }
    return false;
  }

  private int partsOf(Frame frame) {
    Integer known = partsOfFrame.get(frame);
    if (known == null) {
      if (partsOfFrame.size() >= MAX_FRAMES) {
        partsOfFrame.clear();
      }
      known = match(frame);
      partsOfFrame.put(frame, known);
    }
    return known;
  }

  private int match(Frame frame) {
    int fitting = 0;
    for (int i = 0; i < parts.size(); i++) {
      boolean fits =
          match == SampleMatch.MODULE
              ? isModule(frame, parts.get(i))
              : parts.get(i).matchesFunction(frame.symbol());
      fitting |= fits ? 1 << i : 0;
    }
    return fitting;
  }

  private static boolean isModule(Frame frame, NamePattern wanted) {
    String module = frame.module();
    boolean bracketed = module.startsWith("[") && module.endsWith("]");
    return wanted.matches(module)
        || (bracketed && wanted.matches(module.substring(1, module.length() - 1)))
        || (module.equals(Frame.KERNEL_MODULE) && wanted.matches("vmlinux"))
        || wanted.matches(module.substring(module.lastIndexOf('/') + 1));
  }
}
