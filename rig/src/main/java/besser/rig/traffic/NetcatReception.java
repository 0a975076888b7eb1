package besser.rig.traffic;

import besser.rig.connection.Running;
import besser.rig.device.DeviceUnable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** A netcat on the device at work. */
final class NetcatReception implements Reception {
  private static final Duration READY = Duration.ofSeconds(30);
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final Duration END = Duration.ofSeconds(8);
  private static final long SPARE_SECONDS = 60;

  private final TrafficStep step;
  private final Netcat.Found found;
  private final Peer peer;
  private final NetcatReport report = new NetcatReport();
  private final Running running;

  private NetcatReception(
      NetcatReceiver receiver, TrafficStep step, Netcat.Found found, Peer peer) {
    this.step = step;
    this.found = found;
    this.peer = peer;
    long limit = step.duration().toSeconds() + SPARE_SECONDS;
    String script = NetcatScript.of(receiver, step.transport(), found, limit);
    this.running = receiver.connection().start(script);
    Thread.ofPlatform()
        .name("netcat-" + receiver.port())
        .daemon()
        .start(() -> report.hearAll(running.output()));
  }

  static NetcatReception open(
      NetcatReceiver receiver, TrafficStep step, Netcat.Found found, Peer peer) {
    NetcatReception reception = new NetcatReception(receiver, step, found, peer);
    NetcatReport.State state =
        reception.report.await(READY, reception.running::isRunning, s -> s.ready() || s.failed());
    if (state.ready()) return reception;
    reception.close();
    String said = reception.running.errors().strip();
    throw new DeviceUnable(
        "%s does not listen at %s port %d on the device: %s"
            .formatted(
                found.command(),
                receiver.address().getHostAddress(),
                receiver.port(),
                said.isEmpty() ? "it gives no reason" : said.replace('\n', ' ')));
  }

  @Override
  public Peer peer() {
    return peer;
  }

  @Override
  public long bytesSoFar() {
    return total(report.now().looks());
  }

  @Override
  public ReceivedTraffic finish(SentTraffic sent) {
    boolean endsByItself =
        step.transport() == Transport.TCP && sent.end() instanceof TrafficEnd.Completed;
    if (!endsByItself || !await(END, NetcatReport.State::ended)) endNetcat();
    return count(sent, report.now());
  }

  private boolean await(Duration limit, Predicate<NetcatReport.State> what) {
    return what.test(report.await(limit, running::isRunning, what));
  }

  /** Datagrams have no end: the netcat is ended once two looks have brought nothing new. */
  private void endNetcat() {
    int before = report.now().looks().size();
    report.await(
        QUIET, running::isRunning, s -> s.looks().size() >= before + 2 && isQuiet(s.looks()));
    Closing.quietly(running.input());
    await(END, NetcatReport.State::ended);
  }

  private static boolean isQuiet(List<NetcatReport.Look> looks) {
    int last = looks.size() - 1;
    return looks.get(last).readBytes().equals(looks.get(last - 1).readBytes());
  }

  private ReceivedTraffic count(SentTraffic sent, NetcatReport.State state) {
    List<NetcatReport.Look> looks = state.looks();
    List<String> notes = new ArrayList<>(state.said());
    boolean byProcess = !looks.isEmpty() && looks.getFirst().readBytes().isPresent();
    if (found.dialect() == Netcat.BASH) notes.add("up to 40 KB that bash itself read are counted");
    if (!byProcess) notes.add("no /proc/PID/io there: the interface's bytes, headers included");
    if (!state.ended()) notes.add("the netcat's end was not heard; what it last said counts");
    long total = total(looks);
    return new ReceivedTraffic(
        found.command() + (byProcess ? ", /proc/PID/io" : ", interface counters"),
        total,
        series(sent, looks),
        datagrams(sent, total),
        counters(looks),
        0,
        notes);
  }

  private static long total(List<NetcatReport.Look> looks) {
    return looks.stream().mapToLong(look -> bytes(looks.getFirst(), look)).max().orElse(0);
  }

  /** What came between two looks: what the netcat read, or else what the interface did. */
  private static long bytes(NetcatReport.Look first, NetcatReport.Look look) {
    if (first.readBytes().isPresent()) {
      return look.readBytes().map(r -> r - first.readBytes().get()).orElse(0L);
    }
    return look.counters().map(InterfaceCount::rxBytes).orElse(0L)
        - first.counters().map(InterfaceCount::rxBytes).orElse(0L);
  }

  /** The device's clock is placed on ours by the line that was the quickest to come. */
  private static ByteSeries series(SentTraffic sent, List<NetcatReport.Look> looks) {
    double offset =
        looks.stream().mapToDouble(l -> l.heardNanos() / 1e9 - l.uptimeSeconds()).min().orElse(0);
    CountedOverTime counted = new CountedOverTime(sent.startedMonotonicNanos() / 1e9);
    for (NetcatReport.Look look : looks) {
      counted.add(look.uptimeSeconds() + offset, bytes(looks.getFirst(), look));
    }
    return counted.perSecond();
  }

  private Optional<DatagramCount> datagrams(SentTraffic sent, long total) {
    if (step.transport() == Transport.TCP) return Optional.empty();
    long received = Math.min(sent.writes(), total / step.datagramBytes());
    return Optional.of(
        new DatagramCount(
            received,
            sent.writes() - received,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty()));
  }

  private static Optional<InterfaceCount> counters(List<NetcatReport.Look> looks) {
    if (looks.isEmpty() || looks.getFirst().counters().isEmpty()) return Optional.empty();
    return looks.getLast().counters().map(c -> c.since(looks.getFirst().counters().get()));
  }

  @Override
  public void close() {
    running.close();
  }
}
