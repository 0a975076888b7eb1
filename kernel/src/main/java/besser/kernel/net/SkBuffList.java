package besser.kernel.net;

import besser.kernel.Kernel;
import besser.kernel.LockClass;
import besser.kernel.SpinLock;
import besser.kernel.observe.Observer.SkbEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct sk_buff_head} as a doubly linked list. The methods named after C's double
 * underscore forms ({@code unlocked...}) leave the lock to the caller.
 */
public final class SkBuffList implements SkBuffHead {
  private final Kernel kernel;
  private final SkBuffs buffers;
  private final String name;
  private final SpinLock lock;
  private @Nullable SkBuff first;
  private @Nullable SkBuff last;
  private int length;

  SkBuffList(Kernel kernel, SkBuffs buffers, String name) {
    this.kernel = kernel;
    this.buffers = buffers;
    this.name = name;
    this.lock = kernel.spinLock(new LockClass(name + ".lock", "skbuff"));
  }

  /** The list's own lock, for code that takes it around several steps. */
  public SpinLock lock() {
    return lock;
  }

  @Override
  public void queueTail(SkBuff skb) {
    try (var _ = kernel.enter(NetFunctions.SKB_QUEUE_TAIL)) {
      lock.lockIrqsave();
      unlockedQueueTail(skb);
      lock.unlockIrqrestore();
    }
  }

  @Override
  public void queueHead(SkBuff skb) {
    try (var _ = kernel.enter(NetFunctions.SKB_QUEUE_HEAD)) {
      lock.lockIrqsave();
      unlockedQueueHead(skb);
      lock.unlockIrqrestore();
    }
  }

  @Override
  public Optional<SkBuff> dequeue() {
    try (var _ = kernel.enter(NetFunctions.SKB_DEQUEUE)) {
      lock.lockIrqsave();
      Optional<SkBuff> skb = unlockedDequeue();
      lock.unlockIrqrestore();
      return skb;
    }
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public void purge() {
    for (Optional<SkBuff> skb = dequeue(); skb.isPresent(); skb = dequeue()) {
      buffers.kfreeSkb(skb.get());
    }
  }

  /** {@code __skb_queue_tail}. */
  public void unlockedQueueTail(SkBuff skb) {
    insert(skb, last, null);
  }

  /** {@code __skb_queue_head}. */
  public void unlockedQueueHead(SkBuff skb) {
    insert(skb, null, first);
  }

  /** {@code __skb_queue_before}: in front of a member. */
  public void unlockedQueueBefore(SkBuff member, SkBuff skb) {
    insert(skb, member.previous, member);
  }

  /** {@code __skb_dequeue}. */
  public Optional<SkBuff> unlockedDequeue() {
    SkBuff skb = first;
    if (skb == null) return Optional.empty();
    unlockedUnlink(skb);
    return Optional.of(skb);
  }

  /** {@code skb_peek}. */
  public Optional<SkBuff> peek() {
    return Optional.ofNullable(first);
  }

  /** {@code skb_peek_tail}. */
  public Optional<SkBuff> peekTail() {
    return Optional.ofNullable(last);
  }

  /** The member before another. */
  public Optional<SkBuff> previousOf(SkBuff member) {
    return Optional.ofNullable(member.previous);
  }

  /** The member behind another. */
  public Optional<SkBuff> nextOf(SkBuff member) {
    return Optional.ofNullable(member.next);
  }

  /** {@code __skb_unlink}. */
  public void unlockedUnlink(SkBuff skb) {
    if (skb.list != this)
      throw new IllegalStateException("skb " + skb.id() + " is not on the list");
    SkBuff before = skb.previous;
    SkBuff behind = skb.next;
    if (before == null) first = behind;
    else before.next = behind;
    if (behind == null) last = before;
    else behind.previous = before;
    skb.next = null;
    skb.previous = null;
    skb.list = null;
    length--;
    buffers.announce(skb, SkbEvent.DEQUEUED, name);
  }

  /** A buffer queued twice corrupts both lists on Linux ({@code CONFIG_DEBUG_LIST} stops there). */
  private void insert(SkBuff skb, @Nullable SkBuff before, @Nullable SkBuff behind) {
    if (skb.list != null) {
      kernel.bug("list_add corruption: skb " + skb.id() + " is already on a list");
      return;
    }
    skb.previous = before;
    skb.next = behind;
    skb.list = this;
    if (before == null) first = skb;
    else before.next = skb;
    if (behind == null) last = skb;
    else behind.previous = skb;
    length++;
    buffers.announce(skb, SkbEvent.QUEUED, name);
  }
}
