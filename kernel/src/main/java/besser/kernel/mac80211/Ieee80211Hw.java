package besser.kernel.mac80211;

import besser.kernel.net.SkBuff;

/** {@code struct ieee80211_hw} as a driver calls it. */
public interface Ieee80211Hw {
  /** {@code ieee80211_rx_irqsafe}: queues the frame and schedules mac80211's tasklet. */
  void rxIrqsafe(SkBuff skb, RxStatus status);

  /**
   * {@code ieee80211_rx_list}: handles the frame at once and adds the packet to {@code list}. In a
   * task or softirq, with bottom halves disabled; calls are serialised, never mixed with {@link
   * #rxIrqsafe}, and never run beside {@link #txStatus}. What breaks this is announced.
   */
  void rxList(SkBuff skb, RxStatus status, RxList list);

  /** {@code netif_receive_skb_list}: takes all packets of the list to the network stack. */
  void netifReceiveSkbList(RxList list);

  /** {@code ieee80211_tx_status_skb}: takes the frame back. */
  void txStatus(SkBuff skb, TxStatus status);

  /** {@code ieee80211_stop_queue}. */
  void stopQueue(int queue);

  /** {@code ieee80211_wake_queue}. */
  void wakeQueue(int queue);

  /** {@code ieee80211_queue_stopped}. */
  boolean isQueueStopped(int queue);

  /** {@code ieee80211_connection_loss}: the access point is gone; mac80211 disconnects. */
  void connectionLoss();
}
