package besser.trace.export;

import besser.trace.Frame;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts samples by call chain and writes them as FlameGraph's {@code flamegraph.pl} reads them:
 * one line per chain, its functions from the root separated by semicolons, then a blank and the
 * count. Functions of the kernel end in {@code _[k]}, as {@code stackcollapse-perf.pl --kernel}
 * marks them. Memory grows with the number of different chains.
 */
public final class FoldedStacks implements SampleSink {
  private static final String KERNEL_MARK = "_[k]";

  private final Weight weight;
  private final boolean byTask;
  private final StackTree tree = new StackTree();
  private long[] counts = new long[1024];
  private long lostSamples;

  /**
   * @param weight what a sample counts for
   * @param byTask whether chains begin with the name of the task
   */
  public FoldedStacks(Weight weight, boolean byTask) {
    this.weight = weight;
    this.byTask = byTask;
  }

  @Override
  public void sample(Sample sample) {
    StackTree.Node start = tree.root();
    if (byTask) {
      start = tree.child(start, new Frame(nameOf(sample), "", Frame.Space.OTHER));
    }
    StackTree.Node node = tree.add(start, sample);
    if (node.id() >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(tree.size(), 2 * counts.length));
    }
    counts[node.id()] += weight.of(sample);
  }

  private static String nameOf(Sample sample) {
    return sample.comm().isEmpty() ? Frame.UNKNOWN_SYMBOL : sample.comm();
  }

  @Override
  public void lost(LostEvents lost) {
    lostSamples += Math.max(lost.count(), 1);
  }

  @Override
  public void throttled(int cpu, long timeNanos) {
    // fewer samples for a while: nothing a flame graph can show
  }

  /** How many samples the kernel is known to have discarded; at least one for each gap. */
  public long lostSamples() {
    return lostSamples;
  }

  /** Weights by folded chain, in the order of the text. */
  public Map<String, Long> stacks() {
    Map<String, Long> stacks = new TreeMap<>();
    for (int id = 1; id < tree.size(); id++) {
      if (id < counts.length && counts[id] != 0) {
        stacks.merge(folded(tree.node(id)), counts[id], Long::sum);
      }
    }
    return stacks;
  }

  private static String folded(StackTree.Node node) {
    StringBuilder text = new StringBuilder();
    for (Frame frame : node.frames()) {
      if (!text.isEmpty()) {
        text.append(';');
      }
      text.append(plain(frame.symbol()));
      if (frame.space() == Frame.Space.KERNEL) {
        text.append(KERNEL_MARK);
      }
    }
    return text.toString();
  }

  /** A name that cannot be taken for the format's own marks. */
  private static String plain(String symbol) {
    return symbol.replace(';', ':').replace('\n', ' ').replace('\r', ' ');
  }

  /** Writes all chains. */
  public void writeTo(Path file) {
    try (Writer writer = Files.newBufferedWriter(file)) {
      writeTo(writer);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Writes all chains. */
  public void writeTo(Writer writer) throws IOException {
    for (Map.Entry<String, Long> stack : stacks().entrySet()) {
      writer.write(stack.getKey() + " " + stack.getValue() + "\n");
    }
  }

  /**
   * Writes the chains of two profiles with both counts, as {@code difffolded.pl} does for a
   * differential flame graph.
   */
  public static void writeDifference(FoldedStacks before, FoldedStacks after, Writer writer)
      throws IOException {
    Map<String, Long> earlier = before.stacks();
    Map<String, Long> later = after.stacks();
    TreeSet<String> all = new TreeSet<>(earlier.keySet());
    all.addAll(later.keySet());
    for (String stack : all) {
      writer.write(
          "%s %d %d\n"
              .formatted(stack, earlier.getOrDefault(stack, 0L), later.getOrDefault(stack, 0L)));
    }
  }
}
