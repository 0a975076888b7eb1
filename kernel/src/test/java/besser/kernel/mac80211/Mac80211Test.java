package besser.kernel.mac80211;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SpinLock;
import besser.kernel.machine.CostModel;
import besser.kernel.machine.IrqLine;
import besser.kernel.machine.Machine;
import besser.kernel.machine.MachineConfig;
import besser.kernel.net.SkBuff;
import besser.kernel.net.SkBuffs;
import besser.kernel.observe.Context;
import besser.kernel.observe.LockView;
import besser.kernel.observe.Observer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Mac80211Test {
  private static final long SECOND = 1_000_000_000;
  private static final QosDataFrame.Route ROUTE =
      new QosDataFrame.Route(new MacAddress(1), new MacAddress(2), new MacAddress(3));
  private static final RxStatus GOOD = new RxStatus(2437, -50, 7, true, true, true, false);
  private static final RxStatus BAD_MIC = new RxStatus(2437, -50, 7, true, true, true, true);

  private final Machine machine = new Machine(MachineConfig.timed(1, 1, CostModel.fixed(10)));
  private final Kernel kernel = machine.kernel();
  private final List<String> events = new ArrayList<>();
  private Mac80211 mac80211;

  @BeforeEach
  void join() {
    machine.attachNet(new SkBuffs(machine));
    mac80211 =
        new Mac80211(
            machine,
            Mac80211Config.station(ROUTE),
            (packet, etherType) -> {
              events.add(
                  "up %x %d %s".formatted(etherType, packet.length(), machine.context().kind()));
              kernel.net().kfreeSkb(packet);
            });
  }

  private void run(Runnable body) {
    machine.boot(body);
    machine.runUntil(machine.nowNanos() + SECOND);
  }

  private SkBuff frame(int sequence, int payloadBytes, boolean retry) {
    int length = QosDataFrame.OVERHEAD_BYTES + payloadBytes;
    SkBuff skb = kernel.net().devAllocSkb(length).orElseThrow();
    int at = skb.put(length);
    QosDataFrame.writeFromDs(skb.bytes(), at, ROUTE, sequence, 0, 0x0800);
    if (retry) QosDataFrame.setRetry(skb.bytes(), at);
    return skb;
  }

  private SkBuff packet(int bytes) {
    SkBuff skb = kernel.net().allocSkb(256, bytes).orElseThrow();
    skb.put(bytes);
    return skb;
  }

  @Test
  void frameGoesUpInSoftirqWithoutItsHeaders() {
    run(() -> mac80211.rxIrqsafe(frame(1, 100, false), GOOD));
    assertEquals(List.of("up 800 100 SOFTIRQ"), events);
    assertEquals(1, mac80211.receivedDataFrames());
  }

  @Test
  void taskletRunsInsideTheNextUnlockOfAPlainBhLock() {
    SpinLock lock = kernel.spinLock(new LockClass("ba_lock", "bes2600"));
    run(
        () -> {
          lock.lockBh();
          mac80211.rxIrqsafe(frame(1, 100, false), GOOD);
          events.add("locked");
          lock.unlockBh();
          events.add("unlocked");
        });
    assertEquals(List.of("locked", "up 800 100 SOFTIRQ", "unlocked"), events);
  }

  @Test
  void oneIrqsaveLockIsTakenPerFrameOutsideTheTasklet() {
    int[] direct = {0};
    int[] inTasklet = {0};
    machine.observe(
        new Observer() {
          @Override
          public void lockAcquired(LockView lock, LockView.Mode mode, Context by) {
            if (!lock.lockClass().name().equals("local.skb_queue.lock")) return;
            assertEquals(LockView.Mode.IRQSAVE, mode);
            if (by.kind() == Context.Kind.SOFTIRQ) inTasklet[0]++;
            else direct[0]++;
          }
        });
    run(
        () -> {
          for (int i = 0; i < 5; i++) mac80211.rxIrqsafe(frame(i, 100, false), GOOD);
        });
    assertEquals(5, direct[0]);
    assertTrue(inTasklet[0] >= 6, "dequeues in the tasklet: " + inTasklet[0]);
  }

  @Test
  void retransmittedDuplicateAndBadMicAreDiscarded() {
    run(
        () -> {
          mac80211.rxIrqsafe(frame(1, 100, false), GOOD);
          mac80211.rxIrqsafe(frame(1, 100, true), GOOD);
          mac80211.rxIrqsafe(frame(2, 100, true), GOOD);
          mac80211.rxIrqsafe(frame(3, 100, false), BAD_MIC);
        });
    assertEquals(2, mac80211.receivedDataFrames());
    assertEquals(1, mac80211.receivedDuplicates());
    assertEquals(1, mac80211.receiveDiscards());
  }

  @Test
  void managementFrameIsHandledByAWorkItem() {
    List<Long> works = new ArrayList<>();
    machine
        .tracepoints()
        .enable("workqueue:workqueue_execute_start", r -> works.add(r.timeNanos()));
    run(
        () -> {
          SkBuff beacon = kernel.net().devAllocSkb(80).orElseThrow();
          beacon.bytes()[beacon.put(80)] = (byte) 0x80;
          mac80211.rxIrqsafe(beacon, GOOD);
        });
    assertEquals(0, mac80211.receivedDataFrames());
    assertEquals(1, works.size());
  }

  @Test
  void packetReachesTheDriverAsAQosDataFrameOfItsAccessCategory() {
    mac80211.registerHw(
        (skb, info) -> {
          int at = skb.dataOffset();
          events.add(
              "tx queue %d tid %d seq %d %s"
                  .formatted(
                      info.queue(),
                      QosDataFrame.tid(skb.bytes(), at),
                      QosDataFrame.sequenceNumber(skb.bytes(), at),
                      QosDataFrame.receiver(skb.bytes(), at)));
          mac80211.txStatus(skb, new TxStatus(true, false, 0));
        });
    run(
        () -> {
          mac80211.transmit(packet(60), 0x0800, 0);
          mac80211.transmit(packet(60), 0x0800, 6);
          mac80211.transmit(packet(60), 0x0800, 0);
        });
    assertEquals(
        List.of(
            "tx queue 2 tid 0 seq 0 00:00:00:00:00:02",
            "tx queue 0 tid 6 seq 0 00:00:00:00:00:02",
            "tx queue 2 tid 0 seq 1 00:00:00:00:00:02"),
        events);
  }

  @Test
  void statusFromAHardInterruptBreaksARuleAndFramesFromThereDoNot() {
    List<String> rules = new ArrayList<>();
    machine.observe(
        new Observer() {
          @Override
          public void misused(String rule, Context by) {
            rules.add(rule);
          }
        });
    IrqLine line = machine.hardware().irqLine(50, "card", 0);
    line.requestIrq(
        KernelFunction.vmlinux("card_interrupt"),
        () -> {
          mac80211.rxIrqsafe(frame(1, 100, false), GOOD);
          mac80211.txStatus(packet(10), new TxStatus(true, false, 0));
        });
    machine.hardware().after(1000, line::raise);
    machine.runUntil(SECOND);
    assertEquals(List.of("up 800 100 SOFTIRQ"), events);
    assertTrue(rules.contains("ieee80211_tx_status_skb called in hardirq"), "rules " + rules);
  }

  @Test
  void stoppedQueueHoldsFramesUntilItIsWoken() {
    mac80211.registerHw(
        (skb, info) -> {
          events.add("tx " + info.queue());
          kernel.net().kfreeSkb(skb);
        });
    run(
        () -> {
          mac80211.stopQueue(2);
          assertTrue(mac80211.isQueueStopped(2));
          mac80211.transmit(packet(60), 0x0800, 0);
          mac80211.transmit(packet(60), 0x0800, 0);
          mac80211.transmit(packet(60), 0x0800, 7);
          events.add("held " + mac80211.queuedFrames(2));
          mac80211.wakeQueue(2);
        });
    assertEquals(List.of("tx 0", "held 2", "tx 2", "tx 2"), events);
    assertFalse(mac80211.isQueueStopped(2));
  }

  @Test
  void lostConnectionIsLoggedOnceAndStopsTraffic() {
    mac80211.registerHw((skb, info) -> events.add("tx"));
    run(
        () -> {
          mac80211.connectionLoss();
          kernel.clock().msleep(20);
          mac80211.connectionLoss();
          kernel.clock().msleep(20);
          mac80211.transmit(packet(60), 0x0800, 0);
        });
    assertFalse(mac80211.isConnected());
    assertEquals(1, mac80211.transmitDrops());
    assertEquals(List.of(), events);
    assertEquals(
        1, machine.log().stream().filter(l -> l.toString().contains("Connection to AP")).count());
  }
}
