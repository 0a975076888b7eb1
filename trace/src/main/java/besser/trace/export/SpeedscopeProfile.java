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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes samples as speedscope reads them: one sampled profile per thread and event, the busiest
 * first, samples in the order of time ({@code file-format-spec.ts} of speedscope). A run of samples
 * of one chain is one entry; memory is twelve bytes for each entry.
 */
public final class SpeedscopeProfile implements SampleSink {
  private static final String SCHEMA = "https://www.speedscope.app/file-format-schema.json";

  private final String name;
  private final Weight weight;
  private final StackTree tree = new StackTree();
  private final Map<Key, Timeline> threads = new LinkedHashMap<>();

  private record Key(int tid, String event) {}

  /** What one thread did. */
  private static final class Timeline {
    private String name;
    private int[] stacks = new int[16];
    private long[] weights = new long[16];
    private int count;
    private long total;

    Timeline(String name) {
      this.name = name;
    }

    void add(int stack, long weight) {
      total += weight;
      if (count > 0 && stacks[count - 1] == stack) {
        weights[count - 1] += weight;
        return;
      }
      if (count == stacks.length) {
        stacks = Arrays.copyOf(stacks, 2 * count);
        weights = Arrays.copyOf(weights, 2 * count);
      }
      stacks[count] = stack;
      weights[count] = weight;
      count++;
    }
  }

  /**
   * @param name what the viewer shows as the file's name
   * @param weight what a sample counts for
   */
  public SpeedscopeProfile(String name, Weight weight) {
    this.name = name;
    this.weight = weight;
  }

  @Override
  public void sample(Sample sample) {
    Timeline thread =
        threads.computeIfAbsent(new Key(sample.tid(), sample.eventName()), key -> new Timeline(""));
    if (thread.name.isEmpty()) {
      thread.name = "%s %d %s".formatted(sample.comm(), sample.tid(), sample.eventName());
    }
    thread.add(tree.add(tree.root(), sample).id(), weight.of(sample));
  }

  @Override
  public void lost(LostEvents lost) {
    // the format has no place for a gap
  }

  @Override
  public void throttled(int cpu, long timeNanos) {
    // nor for fewer samples
  }

  /** Writes the file. */
  public void writeTo(Path file) {
    try (Writer writer = Files.newBufferedWriter(file)) {
      writeTo(writer);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** Writes the file's JSON. */
  public void writeTo(Writer writer) throws IOException {
    List<Frame> frames = new ArrayList<>();
    Map<Frame, Integer> indexOfFrame = new HashMap<>();
    for (int id = 1; id < tree.size(); id++) {
      Frame frame = tree.node(id).frame();
      if (indexOfFrame.putIfAbsent(frame, frames.size()) == null) {
        frames.add(frame);
      }
    }
    writer.write("{\"$schema\":" + JsonText.quoted(SCHEMA));
    writer.write(",\"name\":" + JsonText.quoted(name));
    writer.write(",\"exporter\":\"besser\",\"activeProfileIndex\":0,\"shared\":{\"frames\":[");
    for (int i = 0; i < frames.size(); i++) {
      writer.write(i == 0 ? "\n" : ",\n");
      writer.write("{\"name\":" + JsonText.quoted(frames.get(i).symbol()));
      writer.write(",\"file\":" + JsonText.quoted(frames.get(i).module()) + "}");
    }
    writer.write("]},\"profiles\":[");
    List<Map.Entry<Key, Timeline>> busiestFirst = new ArrayList<>(threads.entrySet());
    busiestFirst.sort(
        Comparator.comparingLong((Map.Entry<Key, Timeline> entry) -> -entry.getValue().total));
    for (int i = 0; i < busiestFirst.size(); i++) {
      writer.write(i == 0 ? "\n" : ",\n");
      Map.Entry<Key, Timeline> entry = busiestFirst.get(i);
      writeThread(writer, entry.getKey(), entry.getValue(), indexOfFrame);
    }
    writer.write("]}\n");
  }

  private void writeThread(
      Writer writer, Key key, Timeline thread, Map<Frame, Integer> indexOfFrame)
      throws IOException {
    writer.write("{\"type\":\"sampled\",\"name\":" + JsonText.quoted(thread.name));
    writer.write(",\"unit\":\"" + unit(key.event()) + "\",\"startValue\":0,\"endValue\":");
    writer.write(thread.total + ",\"samples\":[");
    for (int i = 0; i < thread.count; i++) {
      writer.write(i == 0 ? "[" : ",[");
      List<Frame> frames = tree.node(thread.stacks[i]).frames();
      for (int f = 0; f < frames.size(); f++) {
        writer.write((f == 0 ? "" : ",") + indexOfFrame.get(frames.get(f)));
      }
      writer.write("]");
    }
    writer.write("],\"weights\":[");
    for (int i = 0; i < thread.count; i++) {
      writer.write((i == 0 ? "" : ",") + thread.weights[i]);
    }
    writer.write("]}");
  }

  /** The periods of clocks are nanoseconds; what others count has no unit speedscope knows. */
  private String unit(String event) {
    boolean clock = event.startsWith("cpu-clock") || event.startsWith("task-clock");
    return weight == Weight.PERIOD && clock ? "nanoseconds" : "none";
  }
}
