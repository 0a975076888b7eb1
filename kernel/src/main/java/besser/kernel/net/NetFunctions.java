package besser.kernel.net;

import besser.kernel.KernelFunction;
import java.util.List;

/** Every function that this package charges. */
public final class NetFunctions {
  static final KernelFunction NETDEV_ALLOC_SKB = KernelFunction.vmlinux("__netdev_alloc_skb");
  static final KernelFunction ALLOC_SKB = KernelFunction.vmlinux("__alloc_skb");
  static final KernelFunction PAGE_FRAG_ALLOC = KernelFunction.vmlinux("__page_frag_alloc_align");
  static final KernelFunction BUILD_SKB = KernelFunction.vmlinux("__build_skb_around");
  static final KernelFunction CONSUME_SKB = KernelFunction.vmlinux("consume_skb");
  static final KernelFunction SKB_RELEASE_DATA = KernelFunction.vmlinux("skb_release_data");
  static final KernelFunction SKB_QUEUE_TAIL = KernelFunction.vmlinux("skb_queue_tail");
  static final KernelFunction SKB_QUEUE_HEAD = KernelFunction.vmlinux("skb_queue_head");
  static final KernelFunction SKB_DEQUEUE = KernelFunction.vmlinux("skb_dequeue");

  private NetFunctions() {}

  /** All of them, for a profile to give each its cost. */
  public static List<KernelFunction> all() {
    return List.of(
        NETDEV_ALLOC_SKB,
        ALLOC_SKB,
        PAGE_FRAG_ALLOC,
        BUILD_SKB,
        CONSUME_SKB,
        SKB_RELEASE_DATA,
        SKB_QUEUE_TAIL,
        SKB_QUEUE_HEAD,
        SKB_DEQUEUE);
  }
}
