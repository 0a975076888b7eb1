package besser.rig.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Adds bytes up per 100 ms. Written by one thread. */
final class ByteBins {
  static final long INTERVAL_NANOS = 100_000_000;

  private long[] bytes = new long[64];
  private int used;

  void add(long nanosSinceStart, long count) {
    int index = (int) (Math.max(0, nanosSinceStart) / INTERVAL_NANOS);
    if (index >= bytes.length) bytes = Arrays.copyOf(bytes, Math.max(index + 1, bytes.length * 2));
    bytes[index] += count;
    used = Math.max(used, index + 1);
  }

  ByteSeries series() {
    List<Long> values = new ArrayList<>(used);
    for (int i = 0; i < used; i++) values.add(bytes[i]);
    return new ByteSeries(INTERVAL_NANOS / 1e9, values);
  }
}
