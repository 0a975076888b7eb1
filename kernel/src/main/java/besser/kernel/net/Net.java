package besser.kernel.net;

import java.util.Optional;

/** Allocation and queues of socket buffers. */
public interface Net {
  /** {@code dev_alloc_skb}: empty when memory is short. */
  Optional<SkBuff> devAllocSkb(int bytes);

  /** {@code alloc_skb} with headroom, as the stack does for frames to send. */
  Optional<SkBuff> allocSkb(int headroom, int bytes);

  /** {@code dev_kfree_skb}. */
  void kfreeSkb(SkBuff skb);

  /** {@code skb_queue_head_init}: the list's own lock is of class {@code <name>.lock}. */
  SkBuffList skbQueueHead(String name);
}
