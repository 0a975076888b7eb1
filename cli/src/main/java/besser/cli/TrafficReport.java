package besser.cli;

import besser.rig.linux.TcpInfo;
import besser.rig.traffic.ByteSeries;
import besser.rig.traffic.DatagramCount;
import besser.rig.traffic.InterfaceCount;
import besser.rig.traffic.ReceivedTraffic;
import besser.rig.traffic.SentTraffic;
import besser.rig.traffic.StepTraffic;
import besser.rig.traffic.TcpSample;
import besser.rig.traffic.TrafficEnd;
import besser.rig.traffic.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Traffic in words and as JSON. */
final class TrafficReport {
  private TrafficReport() {}

  /** What {@code besser traffic send --json} prints; the variation is that per 100 ms. */
  record Sent(
      Transport transport,
      double capBytesPerSecond,
      double asksSeconds,
      double seconds,
      long bytes,
      double sentBytesPerSecond,
      OptionalDouble variation,
      boolean completed,
      String end,
      long shortByPathBytes,
      long shortBySenderBytes,
      double worstLateMillis,
      double cpuSeconds,
      ByteSeries series,
      List<TcpSample> tcp,
      List<String> notes) {}

  /** What {@code besser traffic receive --json} prints. */
  record Received(
      String method,
      long bytes,
      double goodputBytesPerSecond,
      OptionalDouble variation,
      Optional<DatagramCount> datagrams,
      Optional<InterfaceCount> interfaceCounters,
      double cpuSeconds,
      ByteSeries series,
      List<String> notes) {
    private Received over(double bytesPerSecond) {
      return new Received(
          method,
          bytes,
          bytesPerSecond,
          variation,
          datagrams,
          interfaceCounters,
          cpuSeconds,
          series,
          notes);
    }
  }

  /** What {@code besser traffic send --device … --json} prints. */
  record Both(Sent sent, Received received) {}

  static Both both(StepTraffic t) {
    double overStep = t.received().totalBytes() / t.sent().step().seconds();
    return new Both(sent(t.sent()), received(t.received()).over(overStep));
  }

  static Sent sent(SentTraffic t) {
    return new Sent(
        t.step().transport(),
        t.step().bytesPerSecond(),
        t.step().seconds(),
        t.seconds(),
        t.bytes(),
        bytesPerSecond(t),
        variation(t.series()),
        t.end() instanceof TrafficEnd.Completed,
        t.end().words(),
        t.shortfall().byPathBytes(),
        t.shortfall().bySenderBytes(),
        t.worstLateNanos() / 1e6,
        t.cpuSeconds(),
        t.series(),
        t.tcp(),
        t.notes());
  }

  static Received received(ReceivedTraffic t) {
    return new Received(
        t.method(),
        t.totalBytes(),
        goodput(t),
        variation(t.series()),
        t.datagrams(),
        t.counters(),
        t.cpuSeconds(),
        t.series(),
        t.notes());
  }

  static List<String> words(SentTraffic t) {
    List<String> lines = new ArrayList<>();
    lines.add(line("sent", "%s in %.1f s; %s", megabytes(t.bytes()), t.seconds(), t.end().words()));
    if (t.end() instanceof TrafficEnd.Unreachable) {
      lines.add(line("try", "besser traffic receive on that machine, or nc -l 5201 >/dev/null"));
      return lines;
    }
    lines.add(
        line(
            "rate",
            "%s of %s (%+.4f %%), variation per 100 ms %s",
            rate(bytesPerSecond(t)),
            rate(t.step().bytesPerSecond()),
            (bytesPerSecond(t) / t.step().bytesPerSecond() - 1) * 100,
            percent(variation(t.series()))));
    if (t.shortfall().byPathBytes() + t.shortfall().bySenderBytes() > 0) {
      lines.add(
          line(
              "short",
              "%s because the path took less, %s because the sender came too late",
              megabytes(t.shortfall().byPathBytes()),
              megabytes(t.shortfall().bySenderBytes())));
    }
    if (!t.tcp().isEmpty()) lines.add(tcp(t.tcp().getLast().info()));
    lines.add(
        line(
            "sender",
            "%.1f %% of a CPU, at most %.1f ms late",
            t.seconds() == 0 ? 0 : t.cpuSeconds() / t.seconds() * 100,
            t.worstLateNanos() / 1e6));
    for (String note : t.notes()) lines.add(line("note", "%s", note));
    return lines;
  }

  /** Over the asked time, or where the traffic ended early, over the time until then. */
  private static double bytesPerSecond(SentTraffic t) {
    if (t.end() instanceof TrafficEnd.Completed) return t.bytesPerSecond();
    return t.seconds() == 0 ? 0 : t.bytes() / t.seconds();
  }

  private static String tcp(TcpInfo info) {
    return line(
        "tcp",
        "rtt %.2f ms (least %.2f), window %d segments of %d bytes, %d retransmits, acknowledged %s",
        info.rttMicros() / 1e3,
        info.minRttMicros() / 1e3,
        info.congestionWindowSegments(),
        info.segmentBytes(),
        info.retransmits(),
        megabytes(info.ackedBytes()));
  }

  /** Of a receiver that is besser's too: its goodput is over the step, as a run's is. */
  static List<String> words(StepTraffic t) {
    List<String> lines = words(t.sent());
    lines.addAll(received(t.received(), t.received().totalBytes() / t.sent().step().seconds()));
    return lines;
  }

  static List<String> words(ReceivedTraffic t) {
    return received(t, goodput(t));
  }

  private static List<String> received(ReceivedTraffic t, double bytesPerSecond) {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            "received",
            "%s, %s, variation per 100 ms %s",
            megabytes(t.totalBytes()),
            rate(bytesPerSecond),
            percent(variation(t.series()))));
    t.datagrams().ifPresent(d -> lines.add(datagrams(d)));
    t.counters().ifPresent(c -> lines.add(counters(c)));
    for (String note : t.notes()) lines.add(line("note", "%s", note));
    return lines;
  }

  private static String datagrams(DatagramCount d) {
    return line(
        "datagrams",
        "%d, lost %d (%.3f %%), of these no room at the socket %s, reordered %s, duplicated %s",
        d.received(),
        d.lost(),
        d.lossShare() * 100,
        number(d.droppedAtSocket()),
        number(d.reordered()),
        number(d.duplicated()));
  }

  private static String counters(InterfaceCount c) {
    return line(
        "interface",
        "%s: %s and %d packets with headers, %d errors, %d dropped",
        c.name(),
        megabytes(c.rxBytes()),
        c.rxPackets(),
        c.rxErrors(),
        c.rxDropped());
  }

  /** Over the time from the first byte to the last, in whole intervals. */
  private static double goodput(ReceivedTraffic t) {
    double seconds = t.series().bytes().size() * t.series().intervalSeconds();
    return seconds == 0 ? 0 : t.totalBytes() / seconds;
  }

  /** Without the first and the last interval, which the traffic need not fill. */
  private static OptionalDouble variation(ByteSeries series) {
    int size = series.bytes().size();
    if (size < 4) return OptionalDouble.empty();
    ByteSeries full = new ByteSeries(series.intervalSeconds(), series.bytes().subList(1, size - 1));
    double variation = full.coefficientOfVariation();
    return Double.isNaN(variation) ? OptionalDouble.empty() : OptionalDouble.of(variation);
  }

  private static String percent(OptionalDouble share) {
    return share.isEmpty()
        ? "unknown"
        : String.format(Locale.ROOT, "%.2f %%", share.getAsDouble() * 100);
  }

  private static String number(OptionalLong number) {
    return number.isEmpty() ? "unknown" : Long.toString(number.getAsLong());
  }

  static String rate(double bytesPerSecond) {
    return String.format(Locale.ROOT, "%.4f MB/s", bytesPerSecond / 1e6);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.3f MB", bytes / 1e6);
  }

  private static String line(String name, String format, Object... values) {
    return String.format(Locale.ROOT, "%-10s " + format, prepend(name, values));
  }

  private static Object[] prepend(String name, Object[] values) {
    Object[] all = new Object[values.length + 1];
    all[0] = name;
    System.arraycopy(values, 0, all, 1, values.length);
    return all;
  }
}
