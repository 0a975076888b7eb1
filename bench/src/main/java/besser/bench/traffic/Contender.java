package besser.bench.traffic;

import besser.rig.traffic.OwnReceiver;
import besser.rig.traffic.PacedSender;
import besser.rig.traffic.SenderOptions;
import besser.rig.traffic.StepTraffic;
import besser.rig.traffic.TrafficStep;
import besser.rig.traffic.TrafficWatch;
import besser.rig.traffic.Transport;
import java.io.IOException;
import java.time.Duration;

/** Something that can send at a cap. */
sealed interface Contender {
  int TCP_HEADERS = 14 + 20 + 32;
  int UDP_HEADERS = 14 + 20 + 8;

  String label();

  /** Of each packet it sends, from Ethernet's to TCP's or UDP's, in bytes. */
  int headerBytes();

  /** Sends once and says how long that took and what it cost. */
  Effort send(Wire wire, double bytesPerSecond, int seconds) throws IOException;

  /**
   * What sending took.
   *
   * @param seconds that the bytes are to be divided by
   * @param senderCpuSeconds user and system, of the sending thread or processes
   */
  record Effort(double seconds, double senderCpuSeconds) {}

  /** besser's own sender and receiver. */
  record Besser(Transport transport, boolean kernelPacing, boolean realTime) implements Contender {
    @Override
    public String label() {
      return "besser "
          + transport
          + (kernelPacing ? ", kernel pacing" : "")
          + (realTime ? ", real time" : "");
    }

    @Override
    public int headerBytes() {
      return transport == Transport.TCP ? TCP_HEADERS : UDP_HEADERS;
    }

    @Override
    public Effort send(Wire wire, double bytesPerSecond, int seconds) throws IOException {
      TrafficStep step =
          TrafficStep.of("bench", transport, bytesPerSecond, Duration.ofSeconds(seconds));
      SenderOptions options =
          SenderOptions.in(wire.sender()).withKernelPacing(kernelPacing).withRealTime(realTime);
      StepTraffic traffic =
          StepTraffic.carryOut(
              step,
              new PacedSender(options),
              OwnReceiver.at(wire.receiver(), Wire.address()),
              TrafficWatch.NONE);
      System.err.printf(
          "  besser itself: %s, shortfall %s, late at most %.2f ms, received in the step %.0f B/s,"
              + " variation %.4f%n",
          traffic.load().rate(),
          traffic.sent().shortfall(),
          traffic.sent().worstLateNanos() / 1e6,
          traffic.load().goodputBytesPerSecond(),
          traffic.load().variationPer100Millis());
      return new Effort(seconds, traffic.sent().cpuSeconds());
    }
  }

  /** iperf3 with some of its options. */
  record Iperf3(String label, boolean udp, String options) implements Contender {
    @Override
    public int headerBytes() {
      return udp ? UDP_HEADERS : TCP_HEADERS;
    }

    @Override
    public Effort send(Wire wire, double bytesPerSecond, int seconds) throws IOException {
      Process server = Programs.start(wire.receiver(), "exec iperf3 -s -1 >/dev/null");
      try {
        Programs.awaitListening(wire.receiver(), 5201);
        String client =
            "exec iperf3 -c 10.78.0.2 -t %d %s >/dev/null"
                .formatted(
                    seconds, options.replace("@RATE@", Long.toString((long) (bytesPerSecond * 8))));
        Process process = Programs.start(wire.sender(), client);
        return new Effort(seconds, Programs.awaitEnd(process, seconds + 20));
      } finally {
        Programs.end(server);
      }
    }
  }

  /** What the plan's protocol uses: pv's cap in front of a netcat. */
  record PvNetcat() implements Contender {
    @Override
    public String label() {
      return "pv -L | nc";
    }

    @Override
    public int headerBytes() {
      return TCP_HEADERS;
    }

    @Override
    public Effort send(Wire wire, double bytesPerSecond, int seconds) throws IOException {
      long bytes = Math.round(bytesPerSecond * seconds);
      Process receiver = Programs.start(wire.receiver(), "exec nc -d -l 5202 >/dev/null");
      try {
        Programs.awaitListening(wire.receiver(), 5202);
        String send =
            "head -c %d /dev/zero | pv -q -L %d | nc -N 10.78.0.2 5202"
                .formatted(bytes, (long) bytesPerSecond);
        long start = System.nanoTime();
        Process process = Programs.start(wire.sender(), send);
        double cpu = Programs.awaitEnd(process, seconds + 20);
        return new Effort((System.nanoTime() - start) / 1e9, cpu);
      } finally {
        Programs.end(receiver);
      }
    }
  }
}
