package besser.kernel.net;

import besser.kernel.Allocation;
import besser.kernel.Gfp;
import besser.kernel.Kernel;
import besser.kernel.machine.Machine;
import besser.kernel.observe.Observer.SkbEvent;
import java.util.Optional;

/**
 * Allocation of socket buffers as {@code net/core/skbuff.c} does it.
 *
 * <p>Sizes of 705 to 3,776 bytes come from the CPU's page fragment cache, which is guarded by
 * disabled bottom halves: enabling them again is a place where pending softirqs run. Smaller and
 * larger ones come from {@code kmalloc}. Whether memory is short is asked of {@link
 * besser.kernel.Memory}, under the site {@code skbuff_head_cache}.
 */
public final class SkBuffs implements Net {
  /** {@code NET_SKB_PAD} on arm64: one cache line of 64 bytes. */
  public static final int NET_SKB_PAD = 64;

  private static final int SMALL_BYTES = 1024 - 320;
  private static final int PAGE_BYTES = 4096 - 320;
  private static final String HEAD_CACHE = "skbuff_head_cache";
  private static final int HEAD_BYTES = 256;

  private final Machine machine;
  private final Kernel kernel;
  private long lastId;

  /** Buffers of one machine; give them to it by {@link Machine#attachNet}. */
  public SkBuffs(Machine machine) {
    this.machine = machine;
    this.kernel = machine.kernel();
  }

  /** Tells observers what became of a buffer; {@code where} names the list or the taker. */
  public void announce(SkBuff skb, SkbEvent event, String where) {
    if (!machine.isObserved()) return;
    SkbEvent told =
        skb.isFreed() && event != SkbEvent.FREED_AGAIN ? SkbEvent.USED_AFTER_FREE : event;
    machine.observers().skb(skb, told, where, machine.context());
  }

  @Override
  public Optional<SkBuff> devAllocSkb(int bytes) {
    int size = bytes + NET_SKB_PAD;
    try (var _ = kernel.enter(NetFunctions.NETDEV_ALLOC_SKB)) {
      if (size <= SMALL_BYTES || size > PAGE_BYTES) return slabSkb(NET_SKB_PAD, bytes);
      kernel.localBhDisable();
      try (var _ = kernel.enter(NetFunctions.PAGE_FRAG_ALLOC)) {
        // the fragment: its own time only, memory runs short at the head below
      }
      kernel.localBhEnable();
      try (var _ = kernel.enter(NetFunctions.BUILD_SKB)) {
        return head(NET_SKB_PAD, bytes);
      }
    }
  }

  @Override
  public Optional<SkBuff> allocSkb(int headroom, int bytes) {
    return slabSkb(headroom, bytes);
  }

  private Optional<SkBuff> slabSkb(int headroom, int bytes) {
    try (var _ = kernel.enter(NetFunctions.ALLOC_SKB)) {
      return head(headroom, bytes);
    }
  }

  private Optional<SkBuff> head(int headroom, int bytes) {
    Optional<Allocation> head = kernel.memory().kmemCacheAlloc(HEAD_CACHE, HEAD_BYTES, Gfp.ATOMIC);
    if (head.isEmpty()) return Optional.empty();
    SkBuff skb = new SkBuff(++lastId, headroom, bytes);
    skb.setHead(head.get());
    announce(skb, SkbEvent.ALLOCATED, HEAD_CACHE);
    return Optional.of(skb);
  }

  /** Freeing twice frees the head twice, which {@link besser.kernel.Memory} announces. */
  @Override
  public void kfreeSkb(SkBuff skb) {
    try (var _ = kernel.enter(NetFunctions.CONSUME_SKB)) {
      if (skb.isFreed()) {
        announce(skb, SkbEvent.FREED_AGAIN, HEAD_CACHE);
      } else {
        announce(skb, SkbEvent.FREED, HEAD_CACHE);
        try (var _ = kernel.enter(NetFunctions.SKB_RELEASE_DATA)) {
          skb.markFreed();
        }
      }
      skb.head().ifPresent(kernel.memory()::free);
    }
  }

  @Override
  public SkBuffList skbQueueHead(String name) {
    return new SkBuffList(kernel, this, name);
  }
}
