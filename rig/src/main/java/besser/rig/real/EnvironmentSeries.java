package besser.rig.real;

import besser.rig.run.SeriesRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The environment's readings as series of one value a second. */
final class EnvironmentSeries {
  /** How a reading becomes a value: as it is, or as what was added in a second. */
  private enum Kind {
    LEVEL,
    COUNTER
  }

  private record Shown(Kind kind, String unit) {}

  private static final Map<String, Shown> KNOWN =
      Map.ofEntries(
          Map.entry("cpu.busy", new Shown(Kind.LEVEL, "1")),
          Map.entry("cpu.frequency", new Shown(Kind.LEVEL, "Hz")),
          Map.entry("cpu.throttled", new Shown(Kind.LEVEL, "1")),
          Map.entry("thermal.celsius", new Shown(Kind.LEVEL, "°C")),
          Map.entry("wifi.signal_dbm", new Shown(Kind.LEVEL, "dBm")),
          Map.entry("wifi.quality", new Shown(Kind.LEVEL, "1")),
          Map.entry("sched.run_delay", new Shown(Kind.COUNTER, "s/s")),
          Map.entry("net.rx_bytes", new Shown(Kind.COUNTER, "B/s")),
          Map.entry("net.tx_bytes", new Shown(Kind.COUNTER, "B/s")));

  private EnvironmentSeries() {}

  /** All series over a step's seconds; a second without a reading has that before it. */
  static List<SeriesRecord> of(
      SortedMap<String, List<Environment.Point>> readings, long startNanos, int seconds) {
    List<SeriesRecord> records = new ArrayList<>();
    readings.forEach(
        (name, points) -> {
          if (name.equals("clock.boot_time")) return;
          Shown shown = KNOWN.getOrDefault(name, usual(name));
          double[] values = perSecond(points, shown.kind(), startNanos, seconds);
          if (values.length > 0) {
            records.add(
                new SeriesRecord(
                    "env." + name, shown.unit(), 1, Arrays.stream(values).boxed().toList()));
          }
        });
    return records;
  }

  private static Shown usual(String name) {
    boolean counts =
        name.startsWith("net.")
            || name.startsWith("irq.")
            || name.startsWith("sched.")
            || name.startsWith("softirq.")
            || name.startsWith("softnet.");
    return counts ? new Shown(Kind.COUNTER, "/s") : new Shown(Kind.LEVEL, "1");
  }

  private static double[] perSecond(
      List<Environment.Point> points, Kind kind, long startNanos, int seconds) {
    double[] values = new double[seconds];
    double last = Double.NaN;
    int filled = 0;
    for (int i = kind == Kind.COUNTER ? 1 : 0; i < points.size(); i++) {
      int second = (int) Math.floorDiv(points.get(i).atNanos() - startNanos, 1_000_000_000L);
      double value = kind == Kind.COUNTER ? rate(points, i) : points.get(i).value();
      if (second < 0 || second >= seconds) continue;
      while (filled < second) values[filled++] = Double.isNaN(last) ? value : last;
      values[second] = value;
      filled = second + 1;
      last = value;
    }
    return Arrays.copyOf(values, filled);
  }

  private static double rate(List<Environment.Point> points, int i) {
    Environment.Point before = points.get(i - 1);
    Environment.Point now = points.get(i);
    double seconds = (now.atNanos() - before.atNanos()) / 1e9;
    double grown = now.value() - before.value();
    // A counter that falls was set to zero in between.
    double rate = (grown < 0 ? now.value() : grown) / Math.max(seconds, 1e-3);
    return Math.rint(rate * 1000) / 1000;
  }
}
