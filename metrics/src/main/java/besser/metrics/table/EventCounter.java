package besser.metrics.table;

import besser.trace.CountingSink;
import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.LostEvents;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Counts the events of one stream by type and CPU. Allocates nothing per event. */
public final class EventCounter implements CountingSink {
  private EventFormat[] formats = {};
  private long[][] countsOfCpu = {};
  // a text source may give one id to several formats, as it makes them while it reads
  private final Map<String, long[]> others = new HashMap<>();
  private long firstNanos = Long.MAX_VALUE;
  private long lastNanos = Long.MIN_VALUE;
  private long lost;
  private int gapsOfUnknownSize;

  /** A counter that has seen nothing. */
  public EventCounter() {}

  @Override
  public void event(Event event) {
    events(event.format(), event.cpu(), 1);
    long timeNanos = event.timeNanos();
    between(timeNanos, timeNanos);
  }

  @Override
  public void events(EventFormat format, int cpu, long count) {
    int id = format.id();
    if (id >= formats.length || formats[id] != format) {
      meet(format);
    }
    long[] counts = countsOfCpu[id];
    if (cpu >= counts.length) {
      counts = Arrays.copyOf(counts, cpu + 1);
      countsOfCpu[id] = counts;
    }
    counts[cpu] += count;
  }

  @Override
  public void between(long first, long last) {
    firstNanos = Math.min(firstNanos, first);
    lastNanos = Math.max(lastNanos, last);
  }

  private void meet(EventFormat format) {
    int id = format.id();
    if (id >= formats.length) {
      formats = Arrays.copyOf(formats, Math.max(id + 1, 2 * formats.length));
      countsOfCpu = Arrays.copyOf(countsOfCpu, formats.length);
    } else {
      put(id, others);
    }
    formats[id] = format;
    countsOfCpu[id] = new long[0];
  }

  private void put(int id, Map<String, long[]> into) {
    EventFormat format = formats[id];
    if (format != null) {
      into.merge(format.qualifiedName(), countsOfCpu[id].clone(), EventCounter::sum);
    }
  }

  private static long[] sum(long[] left, long[] right) {
    long[] sum = Arrays.copyOf(left, Math.max(left.length, right.length));
    for (int i = 0; i < right.length; i++) {
      sum[i] += right[i];
    }
    return sum;
  }

  @Override
  public void lost(LostEvents gap) {
    if (gap.isCounted()) {
      lost += gap.count();
    } else {
      gapsOfUnknownSize++;
    }
  }

  void addTo(Map<String, long[]> counts) {
    others.forEach((name, ofCpu) -> counts.merge(name, ofCpu, EventCounter::sum));
    for (int id = 0; id < formats.length; id++) {
      put(id, counts);
    }
  }

  long firstNanos() {
    return firstNanos;
  }

  long lastNanos() {
    return lastNanos;
  }

  long lostCount() {
    return lost;
  }

  int gapsOfUnknownSize() {
    return gapsOfUnknownSize;
  }
}
