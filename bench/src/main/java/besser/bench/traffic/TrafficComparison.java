package besser.bench.traffic;

import besser.rig.traffic.Transport;
import besser.trace.record.RecordingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Each contender sends at the same cap over the same veth pair, in turn, in every round. The meter
 * at the receiving interface counts for all of them alike.
 */
public final class TrafficComparison {
  private static final List<Contender> CONTENDERS =
      List.of(
          new Contender.Besser(Transport.TCP, false, false),
          new Contender.Besser(Transport.TCP, true, false),
          new Contender.Besser(Transport.TCP, false, true),
          new Contender.Iperf3("iperf3 -b", false, "-b @RATE@"),
          new Contender.Iperf3("iperf3 --fq-rate", false, "--fq-rate @RATE@"),
          new Contender.PvNetcat(),
          new Contender.Besser(Transport.UDP, false, false),
          new Contender.Besser(Transport.UDP, false, true),
          new Contender.Iperf3("iperf3 -u -b", true, "-u -b @RATE@"));

  private record Result(double error, double variation, double cpuShare) {}

  private TrafficComparison() {}

  /** Arguments: MB/s, seconds and rounds; 4, 10 and 3 when left out. */
  public static void main(String[] args) throws IOException, RecordingException {
    double bytesPerSecond = (args.length > 0 ? Double.parseDouble(args[0]) : 4) * 1e6;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    List<List<Result>> results = new ArrayList<>();
    for (Contender _ : CONTENDERS) results.add(new ArrayList<>());
    try (Wire wire = new Wire()) {
      for (int round = 1; round <= rounds; round++) {
        for (int i = 0; i < CONTENDERS.size(); i++) {
          System.err.printf("round %d of %d: %s%n", round, rounds, CONTENDERS.get(i).label());
          results.get(i).add(run(wire, CONTENDERS.get(i), bytesPerSecond, seconds));
        }
      }
    }
    print(results, bytesPerSecond, seconds);
  }

  private static Result run(Wire wire, Contender contender, double bytesPerSecond, int seconds)
      throws IOException, RecordingException {
    try (WireMeter meter = new WireMeter(wire)) {
      Contender.Effort effort = contender.send(wire, bytesPerSecond, seconds);
      WireMeter.Arrivals arrivals = meter.stop(contender.headerBytes());
      return new Result(
          arrivals.payloadBytes() / effort.seconds() / bytesPerSecond - 1,
          variation(arrivals.steadyRates()),
          effort.senderCpuSeconds() / effort.seconds());
    }
  }

  private static double variation(List<Double> rates) {
    double mean = rates.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    double squares = rates.stream().mapToDouble(r -> (r - mean) * (r - mean)).sum();
    return Math.sqrt(squares / (rates.size() - 1)) / mean;
  }

  private static void print(List<List<Result>> results, double bytesPerSecond, int seconds) {
    System.out.printf(
        Locale.ROOT,
        "%.3f MB/s for %d s; median (least to most) of %d rounds%n%-28s %-28s %-24s %s%n",
        bytesPerSecond / 1e6,
        seconds,
        results.getFirst().size(),
        "",
        "off the cap, %",
        "variation per 100 ms, %",
        "sender's CPU, %");
    for (int i = 0; i < results.size(); i++) {
      List<Result> of = results.get(i);
      System.out.printf(
          Locale.ROOT,
          "%-28s %-28s %-24s %s%n",
          CONTENDERS.get(i).label(),
          spread(of.stream().map(r -> r.error() * 100).toList(), "%.4f"),
          spread(of.stream().map(r -> r.variation() * 100).toList(), "%.2f"),
          spread(of.stream().map(r -> r.cpuShare() * 100).toList(), "%.1f"));
    }
  }

  private static String spread(List<Double> values, String format) {
    List<Double> sorted = values.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%s (%s to %s)".formatted(format, format, format),
        sorted.get(sorted.size() / 2),
        sorted.getFirst(),
        sorted.getLast());
  }
}
