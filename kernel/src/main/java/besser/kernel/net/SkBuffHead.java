package besser.kernel.net;

import java.util.Optional;

/** {@code struct sk_buff_head}: a list with its own irqsave lock. */
public interface SkBuffHead {
  /** {@code skb_queue_tail}. */
  void queueTail(SkBuff skb);

  /** {@code skb_queue_head}. */
  void queueHead(SkBuff skb);

  /** {@code skb_dequeue}. */
  Optional<SkBuff> dequeue();

  /** {@code skb_queue_len}, read without the lock. */
  int length();

  /** {@code skb_queue_purge}: frees everything in it. */
  void purge();
}
