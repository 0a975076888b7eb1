package besser.bes2600.driver;

import besser.kernel.Kernel;
import besser.kernel.SharedInt;
import besser.kernel.mac80211.Ieee80211Hw;
import besser.kernel.mac80211.TxInfo;
import besser.kernel.mmc.SdioFunction;
import besser.kernel.net.SkBuff;
import besser.kernel.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The driver as its surroundings see it: an SDIO driver below, mac80211 operations above.
 *
 * <p>{@link #probe}, {@link #start}, {@link #addInterface}, {@link #join} and {@link #associate}
 * are called in that order from a task of the machine; each may sleep.
 */
public final class Bes2600 {
  /**
   * What a driver instance is made with.
   *
   * @param variant the receive topology
   * @param random draws for the choice among TX queues
   * @param wakeupLine the GPIO lines to the card
   * @param cpus {@code num_present_cpus}, at least 1
   */
  public record Config(Variant variant, RandomStream random, WakeupLine wakeupLine, int cpus) {
    public Config {
      if (cpus < 1) throw new IllegalArgumentException("cpus must be >= 1, got " + cpus);
    }
  }

  private final Bes2600Common hw;
  private Optional<Bes2600Vif> vif = Optional.empty();

  /** Allocates all that the driver has; nothing runs before {@link #probe}. */
  public Bes2600(Kernel kernel, SdioFunction func, Ieee80211Hw hw80211, Config config) {
    hw = new Bes2600Common(kernel, func, hw80211, config);
  }

  /** {@code bes2600_sdio_probe} once the firmware is in the card. */
  public void probe() {
    hw.main.probe();
  }

  /** {@code bes2600_start}: 0 or a negative error. */
  public int start() {
    return hw.sta.start();
  }

  /** {@code bes2600_add_interface} for the station interface with this 48-bit address. */
  public void addInterface(long address) {
    vif = Optional.of(hw.sta.addInterface(address));
  }

  /** What {@code bes2600_join_work} does for an access point: 0 or a negative error. */
  public int join(Bss bss) {
    hw.staJoin.setCandidate(bss);
    hw.wsmTxPort.lockTx();
    int error = hw.staJoin.join(station(), bss);
    hw.wsmTxPort.unlockTx();
    return error;
  }

  /** {@code bes2600_bss_info_changed} on association: 0 or a negative error. */
  public int associate(Bss bss) {
    return hw.staJoin.associated(station(), bss);
  }

  /** {@code bes2600_bss_info_changed} once there is an IP address: the device may sleep again. */
  public void gotIpAddress() {
    hw.staJoin.gotIpAddress();
  }

  /** {@code bes2600_hw_scan}: 0 or a negative error. */
  public int scan(int channels, long timeoutJiffies) {
    return hw.scan.start(station(), channels, timeoutJiffies);
  }

  /**
   * Puts the driver where {@link #probe}, {@link #start}, {@link #join} and {@link #associate}
   * lead, without a command and without a sleep, for machines on which time stands still: power
   * LOCKED, one station interface joined and associated.
   *
   * @param address the interface's 48-bit address
   * @param numInpChBufs TX credits, at least 2
   */
  public void setUpJoined(long address, Bss bss, int numInpChBufs) {
    vif = Optional.of(hw.main.setUpJoined(address, bss, numInpChBufs));
  }

  /**
   * Makes another station interface known besides the one of {@link #setUpJoined}, joined likewise.
   *
   * @param ifId 1 or 2
   */
  public void setUpAnother(int ifId, long address, Bss bss) {
    hw.main.setUpInterface(ifId, address, bss);
  }

  /** The accounts that must balance. */
  public DriverAccounts accounts() {
    List<Integer> perInterface = new ArrayList<>();
    for (SharedInt used : hw.txBuffers.hwBufsUsedVif) perInterface.add(used.peek());
    return new DriverAccounts(
        hw.txBuffers.hwBufsUsed.peek(),
        perInterface,
        List.of(hw.txBuffers.wsmTxPending[0].peek(), hw.txBuffers.wsmTxPending[1].peek()),
        hw.txQueueStats.queuedFrames());
  }

  /** {@code bes2600_irq_handler}, which the module exports: there may be something to receive. */
  public void irqHandler() {
    hw.bh.irqHandler();
  }

  /** {@code bes2600_tx}: mac80211's transmit operation. */
  public void tx(SkBuff skb, TxInfo info) {
    hw.tx.tx(station(), skb, info);
  }

  private Bes2600Vif station() {
    return vif.orElseThrow(() -> new IllegalStateException("add_interface must come first"));
  }

  /** Every force close so far, in order; the first one is the link's death. */
  public List<ForceClose> forceCloses() {
    return hw.chardev.forceCloses();
  }

  /** What the driver counted. */
  public DriverCounters counters() {
    return new DriverCounters(
        hw.sbus.rxXferCnt.peek(),
        hw.sbus.rxDataCnt.peek(),
        hw.counters.rxed,
        hw.counters.dropped + hw.counters.droppedWithoutSignal,
        hw.sbus.rxTotalCtrlCnt.peek(),
        hw.sbus.rxZeroCtrlCnt.peek(),
        hw.sbus.rxRemainCtrlCnt.peek(),
        hw.counters.txed,
        hw.counters.txFailed,
        hw.counters.txRequeued,
        hw.counters.txSoftwareRetries,
        hw.counters.txAttempts,
        hw.sbus.txXferCnt.peek(),
        hw.wsmCmd.sent(),
        hw.txBuffers.hwBufsUsed.peek());
  }
}
