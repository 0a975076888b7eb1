package besser.metrics.table;

import besser.metrics.Source.Denominator;
import besser.metrics.match.NamePattern;
import besser.trace.CompilerClones;
import besser.trace.Frame;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds up CPU samples by function, for itself and with what it calls. The copies a compiler makes
 * of a function count as that function. Allocates nothing per sample.
 */
public final class FunctionCounter implements SampleSink {
  // more than a kernel has functions; met only when a source makes a new object per frame
  private static final int MAX_FRAMES = 1 << 18;

  /** A power of two. */
  private static final int RECENT_FRAMES = 1 << 12;

  private final Denominator of;
  private final Optional<NamePattern> thread;
  private final IdentityHashMap<Frame, Integer> placeOfFrame = new IdentityHashMap<>();
  // the frames met last, by identity, in front of the map: most samples find all of theirs here
  private final Frame[] recent = new Frame[RECENT_FRAMES];
  private final int[] recentPlaces = new int[RECENT_FRAMES];
  private final Map<FunctionTable.Function, Integer> places = new HashMap<>();
  private final List<FunctionTable.Function> functions = new ArrayList<>();
  private long[] self = new long[1024];
  private long[] total = new long[1024];
  private long[] lastSample = new long[1024];
  private long samples;
  private long weight;
  private long lost;
  private int gapsOfUnknownSize;

  /**
   * Counts samples of all threads.
   *
   * @param of which samples make the whole
   */
  public FunctionCounter(Denominator of) {
    this(of, Optional.empty());
  }

  /**
   * Counts samples.
   *
   * @param thread only samples of threads of this name, {@code *} for any text
   */
  public FunctionCounter(Denominator of, Optional<String> thread) {
    this.of = of;
    this.thread = thread.map(NamePattern::of);
  }

  @Override
  public void sample(Sample sample) {
    if ((of == Denominator.NON_IDLE && sample.idle())
        || (thread.isPresent() && !thread.get().matches(sample.comm()))) {
      return;
    }
    long period = Math.max(1, sample.period());
    samples++;
    weight += period;
    int depth = sample.depth();
    for (int i = 0; i < depth; i++) {
      int place = place(sample.frame(i));
      if (i == 0) {
        self[place] += period;
      }
      // a function that calls itself still runs only once
      if (lastSample[place] != samples) {
        lastSample[place] = samples;
        total[place] += period;
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // sources hand out one object for one frame
  private int place(Frame frame) {
    int slot = System.identityHashCode(frame) & (RECENT_FRAMES - 1);
    if (recent[slot] == frame) {
      return recentPlaces[slot];
    }
    int place = placeOf(frame);
    recent[slot] = frame;
    recentPlaces[slot] = place;
    return place;
  }

  private int placeOf(Frame frame) {
    Integer known = placeOfFrame.get(frame);
    if (known == null) {
      if (placeOfFrame.size() >= MAX_FRAMES) {
        placeOfFrame.clear();
      }
      known = meet(frame);
      placeOfFrame.put(frame, known);
    }
    return known;
  }

  private int meet(Frame frame) {
    FunctionTable.Function function =
        new FunctionTable.Function(CompilerClones.originalOf(frame.symbol()), frame.module());
    return places.computeIfAbsent(
        function,
        met -> {
          functions.add(met);
          if (functions.size() > self.length) {
            self = Arrays.copyOf(self, 2 * self.length);
            total = Arrays.copyOf(total, self.length);
            lastSample = Arrays.copyOf(lastSample, self.length);
          }
          return functions.size() - 1;
        });
  }

  @Override
  public void lost(LostEvents gap) {
    if (gap.isCounted()) {
      lost += gap.count();
    } else {
      gapsOfUnknownSize++;
    }
  }

  @Override
  public void throttled(int cpu, long timeNanos) {
    gapsOfUnknownSize++;
  }

  /** The table of what was counted so far. */
  public FunctionTable table() {
    List<FunctionTable.Row> rows = new ArrayList<>();
    for (int i = 0; i < functions.size(); i++) {
      rows.add(new FunctionTable.Row(functions.get(i), self[i], total[i]));
    }
    return FunctionTable.of(rows, samples, weight, lost, gapsOfUnknownSize);
  }
}
