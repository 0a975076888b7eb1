package besser.metrics;

import besser.trace.Frame;
import besser.trace.IssueCounts;
import besser.trace.KernelSymbols;
import besser.trace.LostEvents;
import besser.trace.Sample;
import besser.trace.SampleSink;
import besser.trace.SampleSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A profile made by hand: stacks written as in folded form, root first. */
public final class Profile implements SampleSource {
  private final Map<String, Frame> frames = new HashMap<>();
  private final List<Object> entries = new ArrayList<>();

  private record Taken(
      String eventName, long timeNanos, int cpu, String comm, long period, List<Frame> chain)
      implements Sample {
    @Override
    public int pid() {
      return idle() ? 0 : 1;
    }

    @Override
    public int tid() {
      return pid();
    }

    @Override
    public boolean idle() {
      return comm.equals("swapper");
    }

    @Override
    public int depth() {
      return chain.size();
    }

    @Override
    public Frame frame(int index) {
      return chain.get(index);
    }

    @Override
    public long address(int index) {
      return 0;
    }
  }

  /** A sample of {@code cpu-clock}; {@code swapper} is idle. */
  public Profile sample(long timeNanos, String comm, String stack) {
    return sample("cpu-clock", timeNanos, comm, 1_000_000, stack);
  }

  /** A sample; a function of a module is written {@code module`function}. */
  public Profile sample(String event, long timeNanos, String comm, long period, String stack) {
    List<Frame> chain = new ArrayList<>();
    for (String function : stack.split(";", -1)) {
      chain.addFirst(frames.computeIfAbsent(function, Profile::frame));
    }
    entries.add(new Taken(event, timeNanos, 0, comm, period, chain));
    return this;
  }

  private static Frame frame(String function) {
    int tick = function.indexOf('`');
    return tick < 0
        ? new Frame(function, Frame.KERNEL_MODULE, Frame.Space.KERNEL)
        : new Frame(
            function.substring(tick + 1),
            "[" + function.substring(0, tick) + "]",
            Frame.Space.KERNEL);
  }

  public Profile lost(long timeNanos, long count) {
    entries.add(new LostEvents(0, timeNanos, count));
    return this;
  }

  @Override
  public String name() {
    return "by hand";
  }

  @Override
  public KernelSymbols symbols() {
    return KernelSymbols.empty();
  }

  @Override
  public IssueCounts issues() {
    return new IssueCounts();
  }

  @Override
  public void readSamples(SampleSink sink) {
    for (Object entry : entries) {
      if (entry instanceof LostEvents lost) {
        sink.lost(lost);
      } else if (entry instanceof Sample sample) {
        sink.sample(sample);
      }
    }
  }

  @Override
  public void close() {}
}
