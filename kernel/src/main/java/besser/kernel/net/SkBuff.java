package besser.kernel.net;

import besser.kernel.Allocation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct sk_buff}: bytes between data and tail inside a larger buffer.
 *
 * <p>Bounds are those of the C functions: leaving them is {@code skb_over_panic} or {@code
 * skb_under_panic}, thrown as {@link IndexOutOfBoundsException}.
 */
public final class SkBuff {
  /** {@code struct sk_buff} and {@code struct skb_shared_info} on 64 bits, cache line aligned. */
  static final int BOOKKEEPING_BYTES = 256 + 320;

  private final long id;
  private final byte[] buffer;
  private int data;
  private int tail;
  private boolean freed;
  private Object controlBlock = "";
  private Optional<Allocation> head = Optional.empty();
  @Nullable SkBuff next;
  @Nullable SkBuff previous;
  @Nullable SkBuffList list;

  /** For the implementation of {@link Net}; {@code id} is unique in a machine. */
  public SkBuff(long id, int headroom, int bytes) {
    this.id = id;
    this.buffer = new byte[headroom + bytes];
    this.data = headroom;
    this.tail = headroom;
  }

  /** A number unique in its machine. */
  public long id() {
    return id;
  }

  /** The backing array; valid bytes are from {@link #dataOffset()} for {@link #length()}. */
  public byte[] bytes() {
    return buffer;
  }

  /** Where the data starts in {@link #bytes()}. */
  public int dataOffset() {
    return data;
  }

  /** {@code skb->len} in bytes. */
  public int length() {
    return tail - data;
  }

  /** {@code skb_tailroom} in bytes. */
  public int tailroom() {
    return buffer.length - tail;
  }

  /** {@code skb_headroom} in bytes. */
  public int headroom() {
    return data;
  }

  /** {@code skb_put}: the offset of the room added at the tail. */
  public int put(int bytes) {
    if (bytes < 0 || bytes > tailroom()) {
      throw new IndexOutOfBoundsException(
          "skb_over_panic: put must be <= " + tailroom() + ", got " + bytes);
    }
    int at = tail;
    tail += bytes;
    return at;
  }

  /** {@code skb_pull}. */
  public void pull(int bytes) {
    if (bytes < 0 || bytes > length()) {
      throw new IndexOutOfBoundsException("skb_pull must be <= " + length() + ", got " + bytes);
    }
    data += bytes;
  }

  /** {@code skb_push}: the new data offset. */
  public int push(int bytes) {
    if (bytes < 0 || bytes > data) {
      throw new IndexOutOfBoundsException(
          "skb_under_panic: push must be <= " + data + ", got " + bytes);
    }
    data -= bytes;
    return data;
  }

  /** {@code skb_trim}: no effect when already shorter. */
  public void trim(int bytes) {
    if (bytes < 0) throw new IndexOutOfBoundsException("skb_trim must be >= 0, got " + bytes);
    if (bytes < length()) tail = data + bytes;
  }

  /** Whether it has been freed; set by {@link Net#kfreeSkb}. */
  public boolean isFreed() {
    return freed;
  }

  /** For the implementation of {@link Net}. */
  public void markFreed() {
    freed = true;
  }

  /** {@code skb->cb}: what the layer that holds the buffer keeps with it; empty text at first. */
  public Object controlBlock() {
    return controlBlock;
  }

  /** Replaces {@code skb->cb}. */
  public void setControlBlock(Object block) {
    controlBlock = block;
  }

  /** {@code skb->truesize}: what it holds in memory, buffer and bookkeeping, in bytes. */
  public int truesize() {
    return buffer.length + BOOKKEEPING_BYTES;
  }

  Optional<Allocation> head() {
    return head;
  }

  void setHead(Allocation allocation) {
    head = Optional.of(allocation);
  }
}
