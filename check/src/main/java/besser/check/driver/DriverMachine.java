package besser.check.driver;

import besser.bes2600.driver.Bes2600;
import besser.bes2600.driver.Bss;
import besser.bes2600.driver.Variant;
import besser.bes2600.driver.WakeupLine;
import besser.check.Trial;
import besser.kernel.KernelFunction;
import besser.kernel.LockClass;
import besser.kernel.Mutex;
import besser.kernel.mac80211.Mac80211;
import besser.kernel.mac80211.Mac80211Config;
import besser.kernel.mac80211.QosDataFrame;
import besser.kernel.mac80211.TxInfo;
import besser.kernel.mac80211.TxRate;
import besser.kernel.machine.Machine;
import besser.kernel.machine.MachineConfig;
import besser.kernel.machine.TaskPlacement;
import besser.kernel.mmc.DwMciConfig;
import besser.kernel.mmc.MmcTiming;
import besser.kernel.mmc.SdioSlot;
import besser.kernel.net.SkBuff;
import besser.kernel.net.SkBuffs;
import besser.kernel.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two CPUs, the whole SDIO host and mac80211, the driver of one variant joined to an access point,
 * and a card that plays a scenario. Its preparation is not explored.
 */
final class DriverMachine implements AutoCloseable {
  private static final int CPUS = 2;
  private static final int CREDITS = 4;
  private static final int TRANSFER_MESSAGES = 8;
  private static final int BEST_EFFORT = 2;
  private static final int HEADROOM_BYTES = 64;
  private static final int TAILROOM_BYTES = 32;
  private static final long MICRO_NANOS = 1_000;
  private static final long SECOND_NANOS = 1_000_000_000;

  /** Between transfers, and from a transmission to its confirm. */
  private static final long GAP_NANOS = 100 * MICRO_NANOS;

  /** Enough to work off what is on its way. */
  private static final long REST_NANOS = 20_000 * MICRO_NANOS;

  private static final long HEARTBEAT_NANOS = 100_000 * MICRO_NANOS;

  /** Enough for every time-out of the driver: the last is 10 s after a frame was sent. */
  private static final long LONGEST_NANOS = 16 * SECOND_NANOS;

  private static final TxInfo TX_INFO =
      new TxInfo(BEST_EFFORT, List.of(new TxRate(7, 4, true), new TxRate(0, 4, true)), 0, 0);

  private final DriverScenario scenario;
  private final int load;
  private final SettlingSchedule schedule;
  private final Machine machine;
  private final CheckedCard card;
  private final Ledger ledger;
  private final Conservation conservation;
  private final Bes2600 driver;

  /** Orders what the stack sends after the association: it is told of that under this. */
  private final Mutex associated;

  private int nextFrame;
  private int nextSent;
  private boolean confirmDue;

  DriverMachine(Variant variant, DriverScenario scenario, Trial trial) {
    this.scenario = scenario;
    this.load = trial.load();
    schedule = new SettlingSchedule(trial.schedule(), this::holdInterrupts);
    machine = new Machine(MachineConfig.explored(CPUS, schedule).withSeed(trial.seed()));
    trial.attach(machine);
    machine.attachNet(new SkBuffs(machine));
    Parts parts = new Parts();
    card = new CheckedCard(machine.hardware(), scenario.faults(), parts::interrupt, parts::ledger);
    SdioSlot slot = new SdioSlot(machine, DwMciConfig.pinetab2(MmcTiming.still()), card);
    parts.slot = Optional.of(slot);
    Mac80211 mac80211 =
        new Mac80211(
            machine,
            Mac80211Config.station(Frames.ROUTE),
            (packet, etherType) -> machine.kernel().net().kfreeSkb(packet));
    Bes2600.Config config =
        new Bes2600.Config(
            variant, new RandomStream(trial.seed(), "bes2600"), WakeupLine.unconnected(), CPUS);
    driver = new Bes2600(machine.kernel(), slot.function(), mac80211, config);
    mac80211.registerHw(driver::tx);
    ledger = new Ledger(Ledger.Driver.of(driver));
    parts.ledger = Optional.of(ledger);
    ledger.onWritten(this::confirmLater);
    associated = machine.kernel().mutex(new LockClass("wiphy.mtx", "cfg80211"));
    InterruptStorm storm = new InterruptStorm(ledger, new Quiet());
    ledger.onTakenBack(storm::takenBack);
    machine.observe(storm);
    conservation = new Conservation(ledger);
    trial.watch(conservation);
    trial.watch(new Link(ledger));
  }

  /** The card is made before the slot that carries its interrupt and the ledger it tells. */
  private static final class Parts {
    private Optional<SdioSlot> slot = Optional.empty();
    private Optional<Ledger> ledger = Optional.empty();

    void interrupt(boolean asserted) {
      slot.ifPresent(s -> s.setCardInterrupt(asserted));
    }

    Ledger ledger() {
      return ledger.orElseThrow(() -> new IllegalStateException("the card spoke too early"));
    }
  }

  /** Done where time stands, outside the CPUs. */
  private final class Quiet implements InterruptStorm.Remedy {
    @Override
    public void silence() {
      machine.hardware().after(0, card::silence);
    }

    @Override
    public void pause() {
      machine.hardware().after(0, card::hold);
      machine.hardware().after(GAP_NANOS, card::release);
    }
  }

  /**
   * Prepares; plays the scenario, its choices made by the schedule; then lets it come to rest
   * undisturbed, for as long as the longest of the driver's time-outs when something is amiss.
   */
  void play() {
    prepare();
    long start = machine.nowNanos();
    offerFrames();
    send(scenario.sent(load));
    schedule.begin();
    machine.runUntil(start + scenario.exploredNanos());
    schedule.end();
    heartbeat(start + LONGEST_NANOS);
    machine.runUntil(start + scenario.exploredNanos() + REST_NANOS);
    if (!isAtRest()) goOn(start + LONGEST_NANOS);
    machine.reportBlocked();
  }

  private void goOn(long untilNanos) {
    if (card.isHeld()) machine.hardware().after(0, card::release);
    machine.runUntil(untilNanos);
    if (card.isHeld()) ledger.interruptsForEver();
  }

  /** Where one part of a run ends no time passes, and a storm would not let it end. */
  private void holdInterrupts() {
    if (!card.isHeld()) machine.hardware().after(0, card::hold);
  }

  /** Time passes only from event to event: without one, a storm of interrupts would stop it. */
  private void heartbeat(long untilNanos) {
    if (machine.hardware().nowNanos() >= untilNanos) return;
    machine.hardware().after(HEARTBEAT_NANOS, () -> heartbeat(untilNanos));
  }

  private boolean isAtRest() {
    return !card.isHeld()
        && driver.forceCloses().isEmpty()
        && driver.accounts().isBalanced()
        && conservation.hasAllFrames()
        && card.isIdle();
  }

  private void prepare() {
    task("setup", this::setUp);
    machine.runUntilIdle();
    if (scenario == DriverScenario.ASLEEP) machine.runUntil(3 * SECOND_NANOS);
  }

  private void setUp() {
    Bss bss = new Bss(Frames.ACCESS_POINT.bits(), Frames.CHANNEL, 100, 1, 1, true);
    driver.setUpJoined(Frames.STATION.bits(), bss, CREDITS);
    if (scenario == DriverScenario.INTERFACES) {
      driver.setUpAnother(1, Frames.OTHER_STATION.bits(), bss);
    }
    associated.lock();
    associated.unlock();
  }

  private void task(String name, Runnable body) {
    machine.kthread(name, KernelFunction.vmlinux(name), TaskPlacement.NORMAL, body);
  }

  private void offerFrames() {
    int frames = scenario.received(load);
    int transfers = (frames + TRANSFER_MESSAGES - 1) / TRANSFER_MESSAGES;
    for (int i = 0; i < transfers; i++) {
      int count = Math.min(TRANSFER_MESSAGES, frames - i * TRANSFER_MESSAGES);
      boolean middle = i == transfers / 2;
      machine.hardware().after((i + 1) * GAP_NANOS, () -> offer(count, middle));
    }
  }

  private void offer(int frames, boolean middle) {
    List<byte[]> messages = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      if (middle && i == frames / 2) special().ifPresent(messages::add);
      int ifId = scenario == DriverScenario.INTERFACES ? nextFrame % 2 : 0;
      numbers.add(nextFrame);
      messages.add(Frames.data(nextFrame++, ifId));
    }
    if (scenario == DriverScenario.BEACONS) messages.add(Frames.beacon());
    confirm(messages);
    card.offer(messages, numbers);
  }

  private Optional<byte[]> special() {
    return switch (scenario) {
      case DEAUTHENTICATED -> Optional.of(Frames.deauthentication());
      case EXCEPTION -> {
        ledger.exceptionSent();
        yield Optional.of(Frames.exception());
      }
      case RECEIVE, SEND, BOTH, BEACONS, INTERFACES, ASLEEP -> Optional.empty();
    };
  }

  private void send(int frames) {
    if (frames == 0) return;
    task(
        "net_tx",
        () -> {
          associated.lock();
          associated.unlock();
          for (int i = 0; i < frames; i++) {
            machine.kernel().localBhDisable();
            driver.tx(frameToSend(), TX_INFO);
            machine.kernel().localBhEnable();
          }
        });
  }

  private SkBuff frameToSend() {
    // The stack's own memory is not what is checked: it never runs short here.
    SkBuff skb = stackSkb();
    int at = skb.put(Frames.MPDU_BYTES);
    QosDataFrame.writeToDs(skb.bytes(), at, Frames.ROUTE, nextSent++, 0, Frames.ETH_P_IP);
    return skb;
  }

  private SkBuff stackSkb() {
    Optional<SkBuff> skb = Optional.empty();
    while (skb.isEmpty()) {
      skb = machine.kernel().net().allocSkb(HEADROOM_BYTES, Frames.MPDU_BYTES + TAILROOM_BYTES);
    }
    return skb.get();
  }

  private void confirmLater() {
    if (confirmDue) return;
    confirmDue = true;
    machine
        .hardware()
        .after(
            GAP_NANOS,
            () -> {
              confirmDue = false;
              List<byte[]> messages = new ArrayList<>();
              confirm(messages);
              if (!messages.isEmpty()) card.offer(messages, List.of());
            });
  }

  private void confirm(List<byte[]> messages) {
    int count = card.unconfirmed();
    if (count > 0) messages.add(card.multiConfirm(count));
  }

  @Override
  public void close() {
    machine.close();
  }
}
