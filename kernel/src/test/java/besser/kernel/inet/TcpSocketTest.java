package besser.kernel.inet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.Kernel;
import besser.kernel.machine.CostModel;
import besser.kernel.machine.Machine;
import besser.kernel.machine.MachineConfig;
import besser.kernel.net.SkBuff;
import besser.kernel.net.SkBuffs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpSocketTest {
  private static final long MILLI = 1_000_000;
  private static final int PORT = 5001;
  private static final int SEGMENT = 1448;
  private static final int WARM_UP = 30;
  private static final Ipv4Address HERE = Ipv4Address.of(192, 168, 178, 31);
  private static final Ipv4Address THERE = Ipv4Address.of(192, 168, 178, 20);

  private final Machine machine = new Machine(MachineConfig.timed(1, 1, CostModel.fixed(10)));
  private final Kernel kernel = machine.kernel();

  /** What was sent, as "kind ack window [sack…]" relative to the first byte of data. */
  private final List<String> sent = new ArrayList<>();

  private final List<Long> sentAtNanos = new ArrayList<>();
  private IpLayer ip;
  private TcpSocket socket;
  private int lastWindow;

  @BeforeEach
  void listen() {
    machine.attachNet(new SkBuffs(machine));
    ip = new IpLayer(kernel, HERE);
    ip.attach((packet, _, _) -> record(packet));
    socket = new TcpSocket(machine, ip, new TcpSocketConfig(PORT, 131_072, 131_072, 1460));
  }

  private void record(SkBuff packet) {
    TcpHeader header = new TcpHeader();
    int at = packet.dataOffset() + Ipv4Header.BYTES;
    assertTrue(header.read(packet.bytes(), at, packet.length() - Ipv4Header.BYTES));
    StringBuilder text = new StringBuilder(header.has(TcpHeader.SYN) ? "syn " : "ack ");
    text.append(header.acknowledgement() - 1);
    for (int i = 0; i < header.sackBlocks(); i++) {
      text.append(" [").append(header.sackStart(i) - 1).append(' ');
      text.append(header.sackEnd(i) - 1).append(']');
    }
    lastWindow = header.window();
    sent.add(text.toString());
    sentAtNanos.add(machine.nowNanos());
    kernel.net().kfreeSkb(packet);
  }

  /** Delivers a segment in the way of a softirq: with bottom halves off. */
  private void deliver(int sequence, int bytes, int flags) {
    TcpHeader header = new TcpHeader().ports(40_000, PORT).sequence(sequence).flag(flags);
    header.window(65_535).timestamp((int) (machine.nowNanos() / MILLI), 1);
    if ((flags & TcpHeader.SYN) != 0) header.synOptions(1460, 7);
    if ((flags & TcpHeader.ACK) != 0) header.acknowledge(1_000_001);
    int length = header.encodedBytes() + bytes;
    SkBuff skb = kernel.net().devAllocSkb(Ipv4Header.BYTES + length).orElseThrow();
    int at = skb.put(Ipv4Header.BYTES + length);
    new Ipv4Header().route(THERE, HERE).payload(Ipv4Header.TCP, length).write(skb.bytes(), at);
    int payload = header.write(skb.bytes(), at + Ipv4Header.BYTES);
    for (int i = 0; i < bytes; i++) skb.bytes()[payload + i] = (byte) (sequence + i);
    kernel.localBhDisable();
    ip.receive(skb, Ipv4Header.ETHER_TYPE);
    kernel.localBhEnable();
  }

  /** Data from an offset in the stream, counted from 0. */
  private void data(int offset, int bytes) {
    deliver(1 + offset, bytes, TcpHeader.ACK);
  }

  private void connect() {
    deliver(0, 0, TcpHeader.SYN);
    deliver(1, 0, TcpHeader.ACK);
    sent.clear();
    sentAtNanos.clear();
  }

  /** Uses up the quick acknowledgements of a new connection and of its growing window. */
  private int warmUp() {
    int offset = 0;
    byte[] buffer = new byte[SEGMENT];
    for (int i = 0; i < WARM_UP; i++) {
      data(offset, SEGMENT);
      offset += SEGMENT;
      socket.recvmsg(buffer);
    }
    kernel.clock().msleep(300);
    sent.clear();
    sentAtNanos.clear();
    return offset;
  }

  private void run(Runnable body) {
    machine.boot(body);
    machine.runUntil(machine.nowNanos() + 10_000 * MILLI);
  }

  @Test
  void synIsAnsweredAndRepeatedSynIsAnsweredAgain() {
    run(
        () -> {
          deliver(0, 0, TcpHeader.SYN);
          deliver(0, 0, TcpHeader.SYN);
        });
    assertEquals(List.of("syn 0", "syn 0"), sent);
    assertEquals(64_240, lastWindow);
  }

  @Test
  void newConnectionAcknowledgesEverySegmentAtFirst() {
    run(
        () -> {
          connect();
          data(0, SEGMENT);
          data(SEGMENT, SEGMENT);
        });
    assertEquals(List.of("ack 1448", "ack 2896"), sent);
  }

  @Test
  void everySecondFullSegmentIsAcknowledgedAtOnce() {
    run(
        () -> {
          connect();
          int from = warmUp();
          byte[] buffer = new byte[SEGMENT];
          for (int i = 0; i < 4; i++) {
            data(from + i * SEGMENT, SEGMENT);
            socket.recvmsg(buffer);
          }
        });
    assertEquals(List.of("ack " + (WARM_UP + 2) * SEGMENT, "ack " + (WARM_UP + 4) * SEGMENT), sent);
  }

  @Test
  void singleSegmentIsAcknowledgedAfter40Milliseconds() {
    List<Long> arrival = new ArrayList<>();
    run(
        () -> {
          connect();
          int from = warmUp();
          arrival.add(machine.nowNanos());
          data(from, 100);
        });
    assertEquals(1, sent.size());
    long delay = sentAtNanos.get(0) - arrival.get(0);
    assertTrue(delay > 35 * MILLI && delay < 210 * MILLI, "delay " + delay);
  }

  @Test
  void readerThatTakesAPushedSegmentAcknowledgesIt() {
    run(
        () -> {
          connect();
          int from = warmUp();
          deliver(1 + from, SEGMENT, TcpHeader.ACK | TcpHeader.PSH);
          assertEquals(List.of(), sent);
          socket.recvmsg(new byte[2 * SEGMENT]);
        });
    assertEquals(List.of("ack " + (WARM_UP + 1) * SEGMENT), sent);
  }

  @Test
  void secondSegmentIsNotAcknowledgedAtOnceWhileNobodyReads() {
    run(
        () -> {
          connect();
          int from = warmUp();
          for (int i = 0; i < 20; i++) data(from + i * SEGMENT, SEGMENT);
          sent.add("end");
        });
    assertTrue(sent.indexOf("end") < 10, "acknowledgements before the end: " + sent);
  }

  @Test
  void segmentsBehindAGapAreAcknowledgedAtOnceWithTheirRanges() {
    run(
        () -> {
          connect();
          int from = warmUp();
          data(from + SEGMENT, SEGMENT);
          data(from + 2 * SEGMENT, SEGMENT);
          data(from, SEGMENT);
        });
    int from = WARM_UP * SEGMENT;
    assertEquals(
        List.of(
            "ack %d [%d %d]".formatted(from, from + SEGMENT, from + 2 * SEGMENT),
            "ack %d [%d %d]".formatted(from, from + SEGMENT, from + 3 * SEGMENT),
            "ack " + (from + 3 * SEGMENT)),
        sent);
  }

  @Test
  void duplicateSegmentIsReportedAsSuch() {
    run(
        () -> {
          connect();
          int from = warmUp();
          data(from - SEGMENT, SEGMENT);
        });
    int from = WARM_UP * SEGMENT;
    assertEquals(List.of("ack %d [%d %d]".formatted(from, from - SEGMENT, from)), sent);
    assertEquals(1, socket.counters().duplicates());
  }

  @Test
  void readerGetsTheStreamInOrder() {
    byte[] got = new byte[5 * SEGMENT];
    run(
        () -> {
          connect();
          data(2 * SEGMENT, SEGMENT);
          data(SEGMENT, SEGMENT);
          data(0, SEGMENT);
          data(2 * SEGMENT + 1000, SEGMENT);
          assertEquals(3 * SEGMENT + 1000, socket.recvmsg(got));
        });
    for (int i = 0; i < 3 * SEGMENT + 1000; i++) assertEquals((byte) (i + 1), got[i]);
  }

  @Test
  void windowClosesWhenNobodyReadsAndOpensWhenTheReaderDoes() {
    List<Integer> windows = new ArrayList<>();
    run(
        () -> {
          connect();
          int offset = 0;
          for (int i = 0; i < 200 && lastWindow > 0; i++) {
            data(offset, SEGMENT);
            offset += SEGMENT;
            if (lastWindow == 0) break;
            kernel.clock().msleep(1);
          }
          kernel.clock().msleep(300);
          windows.add(lastWindow);
          long updates = socket.counters().windowUpdates();
          byte[] buffer = new byte[16_384];
          int read = 0;
          while (read < offset - 4 * SEGMENT) read += socket.recvmsg(buffer);
          windows.add(lastWindow);
          assertTrue(socket.counters().windowUpdates() > updates);
        });
    assertEquals(0, windows.get(0));
    assertTrue(windows.get(1) > 0, "window " + windows);
  }

  @Test
  void readerSleepsUntilDataArrivesAndTheSocketIsOwnedMeanwhile() {
    SocketReader[] reader = new SocketReader[1];
    run(
        () -> {
          connect();
          reader[0] = SocketReader.start(machine, socket, SocketReader.Output.PIPE);
          for (int i = 0; i < 50; i++) {
            data(i * SEGMENT, SEGMENT);
            kernel.clock().msleep(2);
          }
          deliver(1 + 50 * SEGMENT, 0, TcpHeader.ACK | TcpHeader.FIN);
          kernel.clock().msleep(20);
        });
    Goodput goodput = reader[0].goodput();
    assertEquals(50 * SEGMENT, goodput.bytes());
    assertEquals(50 * SEGMENT, goodput.perSecond(0, 10)[0]);
    assertTrue(reader[0].isFinished());
  }

  @Test
  void segmentBeyondTheWindowIsRefusedWithAnAcknowledgement() {
    run(
        () -> {
          connect();
          data(100_000, SEGMENT);
        });
    assertEquals(List.of("ack 0"), sent);
    assertEquals(1, socket.counters().outsideWindow());
  }

  @Test
  void resetEndsTheStream() {
    List<Integer> results = new ArrayList<>();
    run(
        () -> {
          connect();
          deliver(1, 0, TcpHeader.RST);
          results.add(socket.recvmsg(new byte[10]));
        });
    assertEquals(List.of(0), results);
  }

  @Test
  void packetForAnotherPortOrHostIsDiscarded() {
    run(
        () -> {
          SkBuff skb = kernel.net().devAllocSkb(100).orElseThrow();
          skb.put(100);
          kernel.localBhDisable();
          ip.receive(skb, Ipv4Header.ETHER_TYPE);
          kernel.localBhEnable();
        });
    assertEquals(1, ip.discards());
  }
}
