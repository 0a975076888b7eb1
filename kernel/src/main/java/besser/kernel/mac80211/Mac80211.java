package besser.kernel.mac80211;

import besser.kernel.Kernel;
import besser.kernel.LogLevel;
import besser.kernel.Work;
import besser.kernel.machine.Machine;
import besser.kernel.net.PacketReceiver;
import besser.kernel.net.PacketSender;
import besser.kernel.net.SkBuff;
import besser.kernel.observe.Observer.SkbEvent;

/**
 * mac80211 with one station interface, between a driver below and a network stack above.
 *
 * <p>For counting what a driver does: a list's lock is of owner {@code skbuff}, all other locks in
 * here are of owner {@code mac80211}. The one lock that {@link #rxIrqsafe} takes is {@code
 * local.skb_queue.lock}; the same lock is taken again by {@code ieee80211_tasklet_handler}, in
 * softirq.
 */
public final class Mac80211 implements Ieee80211Hw, PacketSender {
  private final Machine machine;
  private final Kernel kernel;
  private final Mac80211Config config;
  private final ReceivePath receive;
  private final TransmitPath transmit;
  private final Work connectionLossWork;
  private final CallContract contract;
  private boolean connected = true;
  private String leaveReason = "";

  /** A joined interface that hands packets to {@code up}; give it a driver before traffic. */
  public Mac80211(Machine machine, Mac80211Config config, PacketReceiver up) {
    this.machine = machine;
    this.kernel = machine.kernel();
    this.config = config;
    this.contract = new CallContract(machine);
    this.receive = new ReceivePath(kernel, up, this::deauthenticated);
    this.transmit = new TransmitPath(kernel, config);
    this.connectionLossWork = kernel.work(Mac80211Functions.CONNECTION_LOSS_WORK, this::disconnect);
  }

  /** {@code ieee80211_register_hw}: the driver that frames to send go to. */
  public void registerHw(Ieee80211Ops driver) {
    transmit.register(driver);
  }

  @Override
  public void rxIrqsafe(SkBuff skb, RxStatus status) {
    announce(skb, "ieee80211_rx_irqsafe");
    contract.rxIrqsafeBegins();
    receive.receiveIrqsafe(skb, status);
    contract.rxIrqsafeEnds();
  }

  @Override
  public void rxList(SkBuff skb, RxStatus status, RxList list) {
    announce(skb, "ieee80211_rx_list");
    contract.rxListBegins();
    receive.receiveList(skb, status, list);
    contract.rxListEnds();
  }

  @Override
  public void netifReceiveSkbList(RxList list) {
    receive.netifReceiveSkbList(list);
  }

  @Override
  public void txStatus(SkBuff skb, TxStatus status) {
    announce(skb, "ieee80211_tx_status_skb");
    contract.txStatusBegins();
    transmit.status(skb);
    contract.txStatusEnds();
  }

  private void announce(SkBuff skb, String taker) {
    if (!machine.isObserved()) return;
    SkbEvent event = skb.isFreed() ? SkbEvent.USED_AFTER_FREE : SkbEvent.HANDED_OVER;
    machine.observers().skb(skb, event, taker, machine.context());
  }

  @Override
  public void stopQueue(int queue) {
    transmit.stop(queue);
  }

  @Override
  public void wakeQueue(int queue) {
    transmit.start(queue);
  }

  @Override
  public boolean isQueueStopped(int queue) {
    return transmit.isStopped(queue);
  }

  @Override
  public void transmit(SkBuff packet, int etherType, int userPriority) {
    transmit.transmit(packet, etherType, userPriority);
  }

  @Override
  public void connectionLoss() {
    kernel.systemWq().queue(connectionLossWork);
  }

  private void disconnect() {
    leave("Connection to AP " + config.route().bssid() + " lost");
  }

  private void deauthenticated(int reason) {
    leave("deauthenticated from " + config.route().bssid() + " (Reason: " + reason + ")");
  }

  private void leave(String why) {
    if (!connected) return;
    connected = false;
    leaveReason = why;
    transmit.carrierOff();
    kernel.printk(LogLevel.INFO, "wlan0: " + why);
  }

  /** Why the interface is no longer joined; empty as long as it is. */
  public String leaveReason() {
    return leaveReason;
  }

  /** Whether the interface still is joined: no connection loss and no deauthentication. */
  public boolean isConnected() {
    return connected;
  }

  /** Data frames handed to the network stack. */
  public long receivedDataFrames() {
    return receive.dataFrames();
  }

  /** Retransmitted frames that had arrived before. */
  public long receivedDuplicates() {
    return receive.duplicates();
  }

  /** Frames discarded by the receive handlers. */
  public long receiveDiscards() {
    return receive.discards();
  }

  /** Frames given to the driver. */
  public long transmittedFrames() {
    return transmit.sent();
  }

  /** Bytes of those frames, 802.11 headers included. */
  public long transmittedBytes() {
    return transmit.sentBytes();
  }

  /** Frames dropped before the driver: a full queue, or no carrier. */
  public long transmitDrops() {
    return transmit.dropped();
  }

  /** Frames waiting in a hardware queue's intermediate queue. */
  public int queuedFrames(int queue) {
    return transmit.queued(queue);
  }
}
