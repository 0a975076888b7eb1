package besser.trace.perf;

import besser.trace.SampleSink;
import java.util.Arrays;

/**
 * Samples that come with the state of counters stand for what each counter counted since the sample
 * before ({@code deliver_sample_value} of the perf tool).
 */
final class ReadCounters {
  private final IdMap slotOfId = new IdMap();
  private long[] lastValues = new long[16];
  private int slots;

  /** Hands the sample out once per counter that moved. */
  void deliver(PerfSample sample, PerfEvents events, SampleSink sink) {
    SampleBody body = sample.body();
    for (int i = 0; i < body.counterCount(); i++) {
      int event = events.indexOfId(body.counterId(i));
      if (event >= 0) {
        long period = sinceLast(body.counterId(i), body.counterValue(i));
        if (period != 0) {
          sample.standsFor(events.event(event), period);
          sink.sample(sample);
        }
      }
    }
  }

  private long sinceLast(long id, long value) {
    int slot = slotOfId.get(id);
    if (slot == IdMap.ABSENT) {
      slot = slots++;
      slotOfId.put(id, slot);
      if (slot == lastValues.length) {
        lastValues = Arrays.copyOf(lastValues, 2 * slot);
      }
    }
    long before = lastValues[slot];
    lastValues[slot] = value;
    return value - before;
  }
}
