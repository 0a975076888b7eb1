package besser.check.driver;

import besser.bes2600.driver.DriverAccounts;
import besser.bes2600.driver.ForceClose;
import besser.check.Program;
import besser.check.Trial;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.SharedInt;
import besser.kernel.SpinLock;
import besser.kernel.mac80211.Mac80211;
import besser.kernel.mac80211.Mac80211Config;
import besser.kernel.mac80211.QosDataFrame;
import besser.kernel.mac80211.RxStatus;
import besser.kernel.machine.Machine;
import besser.kernel.machine.TaskPlacement;
import besser.kernel.net.SkBuff;
import besser.kernel.net.SkBuffs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A little driver with one planted defect at most: it gives frames up and takes credits back. */
record ToyReceiver(Defect defect) implements Program {
  enum Defect {
    NONE,
    LOSES_A_FRAME,
    REPEATS_A_FRAME,
    SWAPS_FRAMES,
    KEEPS_AN_SKB,
    COUNTS_CREDITS_WITHOUT_A_LOCK,
    NUMBERS_WRONGLY,
    DELIVERS_ON_A_DEAD_BUS,
    GIVES_UP
  }

  private static final int FRAMES = 4;
  private static final RxStatus STATUS = new RxStatus(2437, -50, 7, true, true, true, false);

  @Override
  public String name() {
    return "toy " + defect;
  }

  @Override
  public String summary() {
    return "receives " + FRAMES + " frames and returns a credit for each";
  }

  @Override
  public void run(Trial trial) {
    try (Machine machine = trial.machine(2)) {
      new Run(machine, trial).play();
    }
  }

  private final class Run implements Ledger.Driver {
    private final Machine machine;
    private final Mac80211 mac80211;
    private final Ledger ledger = new Ledger(this);
    private final SharedInt credits;
    private final SharedInt busError;
    private final SharedInt rxTimestamp;
    private final SpinLock lock;

    Run(Machine machine, Trial trial) {
      this.machine = machine;
      machine.attachNet(new SkBuffs(machine));
      mac80211 =
          new Mac80211(
              machine,
              Mac80211Config.station(Frames.ROUTE),
              (packet, etherType) -> machine.kernel().net().kfreeSkb(packet));
      credits = machine.kernel().sharedInt("credits", 2 * FRAMES);
      busError = machine.kernel().sharedInt("bus_error", 0);
      rxTimestamp = machine.kernel().sharedInt("rx_timestamp", 0);
      lock = machine.kernel().spinLock(new LockClass("toy->lock", "toy"));
      trial.watch(new Conservation(ledger));
      trial.watch(new Link(ledger));
    }

    void play() {
      List<Integer> numbers = new ArrayList<>();
      // Of one TID: even numbers.
      for (int i = 0; i < FRAMES; i++) numbers.add(2 * i);
      ledger.handedOver(List.copyOf(numbers));
      if (defect == Defect.LOSES_A_FRAME) numbers.removeLast();
      if (defect == Defect.REPEATS_A_FRAME) numbers.add(numbers.getFirst());
      if (defect == Defect.SWAPS_FRAMES) Collections.swap(numbers, 0, 1);
      if (defect == Defect.NUMBERS_WRONGLY) ledger.violated("sequence number of a request");
      task("toy_rx", () -> numbers.forEach(this::receive));
      task("toy_tx", () -> numbers.forEach(number -> returnCredit()));
      machine.runToEnd();
    }

    private void task(String name, Runnable body) {
      machine.kthread(name, KernelFunction.of("toy", name), TaskPlacement.NORMAL, body);
    }

    private void receive(int number) {
      if (defect == Defect.DELIVERS_ON_A_DEAD_BUS) busError.set(1);
      SkBuff skb = machine.kernel().net().devAllocSkb(Frames.MPDU_BYTES).orElseThrow();
      int at = skb.put(Frames.MPDU_BYTES);
      QosDataFrame.writeFromDs(skb.bytes(), at, Frames.ROUTE, number, 0, Frames.ETH_P_IP);
      rxTimestamp.set(number);
      mac80211.rxIrqsafe(skb, STATUS);
      if (defect == Defect.KEEPS_AN_SKB) machine.kernel().net().devAllocSkb(Frames.MPDU_BYTES);
      returnCredit();
    }

    private void returnCredit() {
      boolean locked = defect != Defect.COUNTS_CREDITS_WITHOUT_A_LOCK;
      if (locked) lock.lock();
      credits.add(-1);
      if (locked) lock.unlock();
    }

    @Override
    public List<ForceClose> forceCloses() {
      return defect == Defect.GIVES_UP
          ? List.of(new ForceClose(1, ForceClose.Reason.LMAC_MONITOR, true))
          : List.of();
    }

    @Override
    public DriverAccounts accounts() {
      boolean whole = defect != Defect.LOSES_A_FRAME && defect != Defect.REPEATS_A_FRAME;
      return new DriverAccounts(whole ? credits.peek() : 0, List.of(0), List.of(0), 0);
    }

    @Override
    public long rxDropped() {
      return 0;
    }
  }
}
