package besser.bes2600.ops;

import besser.bes2600.driver.Bes2600;
import besser.bes2600.driver.Bss;
import besser.bes2600.driver.Variant;
import besser.bes2600.driver.WakeupLine;
import besser.bes2600.wire.RxIndication;
import besser.kernel.KernelFunction;
import besser.kernel.Work;
import besser.kernel.Workqueue;
import besser.kernel.mac80211.Mac80211;
import besser.kernel.mac80211.Mac80211Config;
import besser.kernel.mac80211.MacAddress;
import besser.kernel.mac80211.QosDataFrame;
import besser.kernel.mac80211.TxInfo;
import besser.kernel.mac80211.TxRate;
import besser.kernel.machine.IrqLine;
import besser.kernel.machine.Machine;
import besser.kernel.machine.MachineConfig;
import besser.kernel.machine.TaskPlacement;
import besser.kernel.mmc.DwMciConfig;
import besser.kernel.mmc.MmcTiming;
import besser.kernel.mmc.SdioSlot;
import besser.kernel.net.SkBuff;
import besser.kernel.net.SkBuffs;
import besser.kernel.observe.Context;
import besser.kernel.observe.Observer;
import besser.kernel.random.RandomStream;
import java.util.List;

/**
 * The driver on a machine that stands still, with one station interface joined, power LOCKED, 15 TX
 * credits, and a scripted card: one CPU, run to block, first in first out, interrupts first; no
 * time passes and no timer fires.
 */
public final class StillMachine {
  /** TX credits that the card offers. */
  public static final int NUM_INP_CH_BUFS = 15;

  /** Bytes of one received MPDU: QoS data with an IP packet of 1500 bytes. */
  public static final int MPDU_BYTES = 1534;

  private static final MacAddress STATION = new MacAddress(0x02_00_00_00_00_01L);
  private static final MacAddress ACCESS_POINT = new MacAddress(0x02_00_00_00_00_02L);
  private static final MacAddress PEER = new MacAddress(0x02_00_00_00_00_03L);
  private static final MacAddress GROUP = new MacAddress(0x01_00_5e_00_00_fbL);
  private static final QosDataFrame.Route ROUTE =
      new QosDataFrame.Route(STATION, ACCESS_POINT, PEER);

  private static final int CARD_IRQ = 100;
  private static final int ETH_P_IP = 0x0800;
  private static final int CHANNEL = 6;
  private static final int MCS7_RATE = 21;
  private static final int RCPI = 110;
  private static final int BEST_EFFORT = 2;
  private static final int HEADROOM_BYTES = 64;
  private static final int TAILROOM_BYTES = 32;

  private final Machine machine;
  private final OperationCounter counter = new OperationCounter();
  private final ScriptedCard card;
  private final Bes2600 driver;
  private int sequenceNumber;
  private long attemptsBefore;

  /** A driver of this variant, at rest. */
  public StillMachine(Variant variant) {
    machine = new Machine(MachineConfig.still());
    machine.attachNet(new SkBuffs(machine));
    machine.observe(counter);
    IrqLine interrupt = machine.hardware().irqLine(CARD_IRQ, "card", 0);
    card = new ScriptedCard(interrupt::raise);
    machine.observe(new TransmitWatcher(card));
    SdioSlot slot = new SdioSlot(machine, DwMciConfig.pinetab2(MmcTiming.still()), card);
    Mac80211 mac80211 =
        new Mac80211(
            machine,
            Mac80211Config.station(ROUTE),
            (packet, etherType) -> machine.kernel().net().kfreeSkb(packet));
    Bes2600.Config config =
        new Bes2600.Config(variant, new RandomStream(0, "bes2600"), WakeupLine.unconnected(), 1);
    driver =
        new Bes2600(
            machine.kernel(),
            new CountingSdioFunction(slot.function(), counter, interrupt),
            mac80211,
            config);
    mac80211.registerHw(driver::tx);
    Bss bss = new Bss(ACCESS_POINT.bits(), CHANNEL, 100, 1, 1, true);
    run(() -> driver.setUpJoined(STATION.bits(), bss, NUM_INP_CH_BUFS));
    warmUp();
  }

  /** Tells the card when {@code tx_work} has written, so that its confirm comes just after. */
  private record TransmitWatcher(ScriptedCard card) implements Observer {
    @Override
    public void workQueued(Work work, Workqueue queue, boolean accepted, Context by) {
      boolean rxWork = work.function().name().equals("sdio_rx_work");
      boolean byTxWork = OperationCounter.innermostOf(by).equals("sdio_tx_work");
      if (rxWork && byTxWork) card.transmitWorkDone();
    }
  }

  /** Traffic in both directions, after which every recurring power event exists. */
  private void warmUp() {
    transmit(1);
    card.offer(List.of(card.singleConfirm()));
    interrupt();
    card.offer(List.of(unicast(), unicast()));
    card.offer(List.of(unicast()));
    interrupt();
    if (card.protocolErrors() != 0) throw new IllegalStateException("the card saw wrong toggles");
  }

  /** The card's script. */
  public ScriptedCard card() {
    return card;
  }

  /** The driver. */
  public Bes2600 driver() {
    return driver;
  }

  /** The machine. */
  public Machine machine() {
    return machine;
  }

  /** A receive indication of one unicast QoS data MPDU of {@link #MPDU_BYTES}. */
  public byte[] unicast() {
    return indication(false);
  }

  /** A receive indication of one multicast data MPDU of the same size. */
  public byte[] multicast() {
    return indication(true);
  }

  private byte[] indication(boolean multicast) {
    byte[] message = new byte[RxIndication.HEADER_BYTES + MPDU_BYTES];
    int flags = RxIndication.ENCRYPTION_DECRYPTED | RxIndication.FLAG_HT;
    RxIndication.put(message, 0, 0, MPDU_BYTES, 0, CHANNEL, MCS7_RATE, RCPI, flags);
    MacAddress receiver = multicast ? GROUP : STATION;
    QosDataFrame.Route route = new QosDataFrame.Route(receiver, ACCESS_POINT, PEER);
    sequenceNumber = (sequenceNumber + 1) & 0xfff;
    QosDataFrame.writeFromDs(
        message, RxIndication.HEADER_BYTES, route, sequenceNumber, 0, ETH_P_IP);
    return message;
  }

  /** Hands frames to the driver from one task, as mac80211 does, and runs until nothing can. */
  public void transmit(int frames) {
    run(
        () -> {
          for (int i = 0; i < frames; i++) driver.tx(frame(), txInfo());
        });
  }

  private SkBuff frame() {
    SkBuff skb =
        machine
            .kernel()
            .net()
            .allocSkb(HEADROOM_BYTES, MPDU_BYTES + TAILROOM_BYTES)
            .orElseThrow(() -> new IllegalStateException("no memory on a still machine"));
    int at = skb.put(MPDU_BYTES);
    sequenceNumber = (sequenceNumber + 1) & 0xfff;
    QosDataFrame.writeToDs(skb.bytes(), at, ROUTE, sequenceNumber, 0, ETH_P_IP);
    return skb;
  }

  private static TxInfo txInfo() {
    return new TxInfo(BEST_EFFORT, List.of(new TxRate(7, 4, true), new TxRate(0, 4, true)), 0, 0);
  }

  /** The card asserts its interrupt; runs until nothing can. */
  public void interrupt() {
    card.interrupt();
    machine.runUntilIdle();
  }

  /** Runs a body in a task of its own, then until nothing can run. */
  public void run(Runnable body) {
    machine.kthread("task", KernelFunction.vmlinux("task"), TaskPlacement.NORMAL, body);
    machine.runUntilIdle();
  }

  /** Counts from here on. */
  public void startCounting() {
    attemptsBefore = driver.counters().txAttempts();
    counter.start();
  }

  /** What was counted. */
  public Operations operations() {
    return counter.operations((int) (driver.counters().txAttempts() - attemptsBefore));
  }

  /** What was counted, event by event. */
  public List<OrderedStep> steps() {
    return counter.steps();
  }
}
