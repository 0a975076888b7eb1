package besser.kernel.mac80211;

import besser.kernel.KernelFunction;
import java.util.List;

/** Every function that this package charges. */
public final class Mac80211Functions {
  static final KernelFunction RX_IRQSAFE = mac("ieee80211_rx_irqsafe");
  static final KernelFunction TASKLET_HANDLER = mac("ieee80211_tasklet_handler");
  static final KernelFunction RX_LIST = mac("ieee80211_rx_list");
  static final KernelFunction PREPARE_AND_RX_HANDLE = mac("ieee80211_prepare_and_rx_handle");
  static final KernelFunction RX_HANDLERS = mac("ieee80211_rx_handlers");
  static final KernelFunction DELIVER_SKB = mac("ieee80211_deliver_skb");
  static final KernelFunction IFACE_WORK = mac("ieee80211_iface_work");
  static final KernelFunction CONNECTION_LOSS_WORK = mac("ieee80211_beacon_connection_loss_work");
  static final KernelFunction SUBIF_START_XMIT = mac("ieee80211_subif_start_xmit");
  static final KernelFunction BUILD_HDR = mac("ieee80211_build_hdr");
  static final KernelFunction QUEUE_SKB = mac("ieee80211_queue_skb");
  static final KernelFunction HANDLE_WAKE_TX_QUEUE = mac("ieee80211_handle_wake_tx_queue");
  static final KernelFunction TX_DEQUEUE = mac("ieee80211_tx_dequeue");
  static final KernelFunction RATE_GET = mac("minstrel_ht_get_rate");
  static final KernelFunction RATE_TX_STATUS = mac("minstrel_ht_tx_status");
  static final KernelFunction TX_STATUS_SKB = mac("ieee80211_tx_status_skb");
  static final KernelFunction STOP_QUEUE = mac("ieee80211_stop_queue");
  static final KernelFunction WAKE_QUEUE = mac("ieee80211_wake_queue");
  static final KernelFunction WAKE_TXQS = mac("ieee80211_wake_txqs");
  static final KernelFunction NETIF_RECEIVE_SKB_LIST =
      KernelFunction.vmlinux("netif_receive_skb_list_internal");
  static final KernelFunction NETIF_RECEIVE_SKB_CORE =
      KernelFunction.vmlinux("__netif_receive_skb_core");
  static final KernelFunction DEV_QUEUE_XMIT = KernelFunction.vmlinux("__dev_queue_xmit");

  private Mac80211Functions() {}

  private static KernelFunction mac(String name) {
    return KernelFunction.of("mac80211", name);
  }

  /** All of them, for a profile to give each its cost. */
  public static List<KernelFunction> all() {
    return List.of(
        RX_IRQSAFE,
        TASKLET_HANDLER,
        RX_LIST,
        PREPARE_AND_RX_HANDLE,
        RX_HANDLERS,
        DELIVER_SKB,
        IFACE_WORK,
        CONNECTION_LOSS_WORK,
        SUBIF_START_XMIT,
        BUILD_HDR,
        QUEUE_SKB,
        HANDLE_WAKE_TX_QUEUE,
        TX_DEQUEUE,
        RATE_GET,
        RATE_TX_STATUS,
        TX_STATUS_SKB,
        STOP_QUEUE,
        WAKE_QUEUE,
        WAKE_TXQS,
        NETIF_RECEIVE_SKB_LIST,
        NETIF_RECEIVE_SKB_CORE,
        DEV_QUEUE_XMIT);
  }
}
