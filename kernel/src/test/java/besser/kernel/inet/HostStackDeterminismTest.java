package besser.kernel.inet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.background.BackgroundLoad;
import besser.kernel.background.BackgroundSource;
import besser.kernel.fiber.FiberBackend;
import besser.kernel.mac80211.Mac80211;
import besser.kernel.mac80211.Mac80211Config;
import besser.kernel.mac80211.MacAddress;
import besser.kernel.mac80211.QosDataFrame;
import besser.kernel.mac80211.RxStatus;
import besser.kernel.mac80211.TxStatus;
import besser.kernel.machine.CostModel;
import besser.kernel.machine.Machine;
import besser.kernel.machine.MachineConfig;
import besser.kernel.mmc.DwMciConfig;
import besser.kernel.mmc.MmcTiming;
import besser.kernel.mmc.SdioCard;
import besser.kernel.mmc.SdioFunction;
import besser.kernel.mmc.SdioSlot;
import besser.kernel.net.SkBuff;
import besser.kernel.net.SkBuffs;
import besser.kernel.observe.Observer;
import besser.kernel.random.Distribution;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole host side with a minimal driver: a card's frames to a reading program, and back. */
class HostStackDeterminismTest {
  private static final long SECOND = 1_000_000_000;
  private static final int FRAMES = 300;
  private static final int SEGMENT = 1448;
  private static final int FRAME_BYTES = QosDataFrame.OVERHEAD_BYTES + 52 + SEGMENT;
  private static final Ipv4Address HERE = Ipv4Address.of(10, 0, 0, 1);
  private static final Ipv4Address THERE = Ipv4Address.of(10, 0, 0, 2);
  private static final QosDataFrame.Route ROUTE =
      new QosDataFrame.Route(new MacAddress(1), new MacAddress(2), new MacAddress(3));
  private static final RxStatus STATUS = new RxStatus(2437, -50, 7, true, true, true, false);
  private static final KernelFunction WORK = KernelFunction.vmlinux("vmstat_update");
  private static final KernelFunction PROGRAM = KernelFunction.of("sshd", "sshd_main");

  private record Outcome(long hash, long bytes) {}

  /** Hands out one frame of the stream per transfer. */
  private static final class StreamCard implements SdioCard {
    private final TcpHeader header = new TcpHeader();
    private int frame = -2;

    @Override
    public int readRegister(int function, int address) {
      return frame < FRAMES ? 4 : 0;
    }

    @Override
    public int writeRegister(int function, int address, int value) {
      return 0;
    }

    @Override
    public int transfer(int argument, boolean write, byte[] data, int length) {
      int number = frame++;
      header.clear().ports(40_000, 5001).window(65_535).timestamp(1, 1);
      if (number == -2) header.sequence(0).flag(TcpHeader.SYN).synOptions(1460, 7);
      else header.sequence(1 + Math.max(0, number) * SEGMENT).acknowledge(1_000_001);
      int bytes = header.encodedBytes() + (number < 0 ? 0 : SEGMENT);
      int at = QosDataFrame.writeFromDs(data, 0, ROUTE, Math.max(0, number), 0, 0x0800);
      Ipv4Header ip = new Ipv4Header().route(THERE, HERE).payload(Ipv4Header.TCP, bytes);
      header.write(data, ip.write(data, at));
      return 0;
    }
  }

  private static Outcome run(long seed, FiberBackend fibers, boolean observed) {
    MachineConfig config = MachineConfig.timed(seed, 2, CostModel.fixed(150)).withFibers(fibers);
    Machine machine = new Machine(config);
    if (observed) machine.observe(new Observer() {});
    machine.attachNet(new SkBuffs(machine));
    Kernel kernel = machine.kernel();
    MmcTiming bus =
        MmcTiming.sdr104(Distribution.lognormal(4_000, 0.3), Distribution.lognormal(800, 0.3));
    SdioSlot slot = new SdioSlot(machine, DwMciConfig.pinetab2(bus), new StreamCard());
    IpLayer ip = new IpLayer(kernel, HERE);
    Mac80211 mac80211 = new Mac80211(machine, Mac80211Config.station(ROUTE), ip);
    ip.attach(mac80211);
    mac80211.registerHw((skb, _) -> mac80211.txStatus(skb, new TxStatus(true, false, 0)));
    TcpSocket socket = new TcpSocket(machine, ip, TcpSocketConfig.linux(5001));
    SocketReader reader = SocketReader.start(machine, socket, SocketReader.Output.PIPE);
    BackgroundLoad.start(
        machine,
        List.of(
            new BackgroundSource(BackgroundSource.Kind.WORK, WORK, 500, 0),
            new BackgroundSource(BackgroundSource.Kind.PROGRAM, PROGRAM, 200, 1)),
        200);
    machine.boot(() -> receiveAll(kernel, slot.function(), mac80211));
    machine.runUntil(SECOND);
    return new Outcome(machine.eventHash(), reader.goodput().bytes());
  }

  private static void receiveAll(Kernel kernel, SdioFunction function, Mac80211 mac80211) {
    byte[] buffer = new byte[2048];
    function.claimHost();
    while (function.readb(1) != 0) {
      function.cmd53(0, false, buffer, 2048);
      SkBuff skb = kernel.net().devAllocSkb(FRAME_BYTES).orElseThrow();
      System.arraycopy(buffer, 0, skb.bytes(), skb.put(FRAME_BYTES), FRAME_BYTES);
      mac80211.rxIrqsafe(skb, STATUS);
      kernel.clock().usleepRange(500, 600);
    }
    function.releaseHost();
  }

  @Test
  void everyByteArrivesAndTheSameSeedGivesTheSameEvents() {
    Outcome first = run(7, FiberBackend.fastest(), false);
    assertEquals((long) FRAMES * SEGMENT, first.bytes());
    assertEquals(first, run(7, FiberBackend.fastest(), false));
    assertNotEquals(first.hash(), run(8, FiberBackend.fastest(), false).hash());
  }

  @Test
  void backendsAndObserversChangeNothing() {
    Outcome plain = run(7, FiberBackend.CONTINUATION, false);
    assertEquals(plain, run(7, FiberBackend.VIRTUAL_THREAD, false));
    assertEquals(plain, run(7, FiberBackend.CONTINUATION, true));
    assertTrue(plain.bytes() > 0);
  }
}
