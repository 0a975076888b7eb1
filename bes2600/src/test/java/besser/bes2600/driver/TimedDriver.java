package besser.bes2600.driver;

import besser.bes2600.ops.ScriptedCard;
import besser.bes2600.wire.RxIndication;
import besser.bes2600.wire.SdioRegisters;
import besser.kernel.KernelFunction;
import besser.kernel.mac80211.Mac80211;
import besser.kernel.mac80211.Mac80211Config;
import besser.kernel.mac80211.MacAddress;
import besser.kernel.mac80211.QosDataFrame;
import besser.kernel.mac80211.TxInfo;
import besser.kernel.mac80211.TxRate;
import besser.kernel.machine.CostModel;
import besser.kernel.machine.LogLine;
import besser.kernel.machine.Machine;
import besser.kernel.machine.MachineConfig;
import besser.kernel.machine.TaskPlacement;
import besser.kernel.mmc.DwMciConfig;
import besser.kernel.mmc.MmcTiming;
import besser.kernel.mmc.SdioCard;
import besser.kernel.mmc.SdioSlot;
import besser.kernel.net.SkBuff;
import besser.kernel.net.SkBuffs;
import besser.kernel.random.Distribution;
import besser.kernel.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** A joined driver on a machine where time passes, with a card that does what it is told. */
final class TimedDriver {
  static final long MILLI_NANOS = 1_000_000;
  static final long SECOND_NANOS = 1_000 * MILLI_NANOS;

  private static final MacAddress STATION = new MacAddress(0x02_00_00_00_00_01L);
  private static final MacAddress ACCESS_POINT = new MacAddress(0x02_00_00_00_00_02L);
  private static final QosDataFrame.Route ROUTE =
      new QosDataFrame.Route(STATION, ACCESS_POINT, new MacAddress(0x02_00_00_00_00_03L));
  private static final int BUFFERS = 15;
  private static final int MPDU_BYTES = 534;

  final Machine machine;
  final ScriptedCard card;
  final Bes2600 driver;
  final Mac80211 mac80211;
  private int sequenceNumber;

  TimedDriver(Variant variant) {
    machine = new Machine(MachineConfig.timed(1, 2, CostModel.fixed(200)));
    machine.attachNet(new SkBuffs(machine));
    List<SdioSlot> slot = new ArrayList<>();
    card = new ScriptedCard(() -> slot.forEach(s -> s.setCardInterrupt(true)));
    MmcTiming timing = MmcTiming.sdr104(Distribution.fixed(1000), Distribution.fixed(1000));
    slot.add(new SdioSlot(machine, DwMciConfig.pinetab2(timing), new LevelInterrupt(card, slot)));
    mac80211 =
        new Mac80211(
            machine,
            Mac80211Config.station(ROUTE),
            (packet, etherType) -> machine.kernel().net().kfreeSkb(packet));
    Bes2600.Config config =
        new Bes2600.Config(variant, new RandomStream(1, "bes2600"), WakeupLine.unconnected(), 2);
    driver = new Bes2600(machine.kernel(), slot.getFirst().function(), mac80211, config);
    mac80211.registerHw(driver::tx);
    Bss bss = new Bss(ACCESS_POINT.bits(), 6, 100, 1, 1, true);
    run(() -> driver.setUpJoined(STATION.bits(), bss, BUFFERS));
    runFor(MILLI_NANOS);
  }

  /** The interrupt is a level that reading the length register takes back. */
  private record LevelInterrupt(ScriptedCard card, List<SdioSlot> slot) implements SdioCard {
    @Override
    public int readRegister(int function, int address) {
      if (address == SdioRegisters.NEXT_LENGTH) slot.getFirst().setCardInterrupt(false);
      return card.readRegister(function, address);
    }

    @Override
    public int writeRegister(int function, int address, int value) {
      return card.writeRegister(function, address, value);
    }

    @Override
    public int transfer(int argument, boolean write, byte[] data, int length) {
      return card.transfer(argument, write, data, length);
    }
  }

  void run(Runnable body) {
    machine.kthread("test", KernelFunction.vmlinux("test"), TaskPlacement.NORMAL, body);
  }

  void runFor(long nanos) {
    machine.runUntil(machine.nowNanos() + nanos);
  }

  void transmit(int frames) {
    run(
        () -> {
          for (int i = 0; i < frames; i++) driver.tx(frame(), info());
        });
    runFor(10 * MILLI_NANOS);
  }

  private SkBuff frame() {
    SkBuff skb =
        machine
            .kernel()
            .net()
            .allocSkb(64, MPDU_BYTES + 32)
            .orElseThrow(IllegalStateException::new);
    QosDataFrame.writeToDs(skb.bytes(), skb.put(MPDU_BYTES), ROUTE, next(), 0, 0x0800);
    return skb;
  }

  private static TxInfo info() {
    return new TxInfo(2, List.of(new TxRate(7, 4, true)), 0, 0);
  }

  byte[] unicast() {
    byte[] message = new byte[RxIndication.HEADER_BYTES + MPDU_BYTES];
    RxIndication.put(message, 0, 0, MPDU_BYTES, 0, 6, 21, 110, RxIndication.ENCRYPTION_DECRYPTED);
    QosDataFrame.writeFromDs(message, RxIndication.HEADER_BYTES, ROUTE, next(), 0, 0x0800);
    return message;
  }

  private int next() {
    sequenceNumber = (sequenceNumber + 1) & 0xfff;
    return sequenceNumber;
  }

  /** Offers one transfer and lets it arrive. */
  void receive(List<byte[]> messages) {
    card.offer(messages);
    card.interrupt();
    runFor(10 * MILLI_NANOS);
  }

  /** The one force close there must be. */
  ForceClose death() {
    List<ForceClose> closes = driver.forceCloses();
    if (closes.size() != 1) throw new AssertionError("force closes: " + closes);
    return closes.getFirst();
  }

  boolean logged(String text) {
    return machine.log().stream().map(LogLine::message).anyMatch(line -> line.contains(text));
  }
}
