package besser.bes2600.driver;

import besser.kernel.net.SkBuff;
import java.util.Optional;

/** {@code struct bes2600_queue_item}: a slot of a queue's pool, on exactly one list. */
final class TxQueueItem {
  final int index;
  final TxPriv txpriv = new TxPriv();
  Optional<SkBuff> skb = Optional.empty();
  int packetId;
  int generation;
  long queueTimestamp;
  long xmitTimestamp;

  /** Neighbours on the list; an item that is its own neighbour is on none, or a list's head. */
  TxQueueItem previous = this;

  TxQueueItem next = this;

  TxQueueItem(int index) {
    this.index = index;
  }

  /** {@code list_move}: to the front of the list with this head. */
  void moveToFront(TxQueueItem head) {
    unlink();
    insertAfter(head);
  }

  /** {@code list_move_tail}. */
  void moveToTail(TxQueueItem head) {
    unlink();
    insertAfter(head.previous);
  }

  private void unlink() {
    previous.next = next;
    next.previous = previous;
  }

  private void insertAfter(TxQueueItem before) {
    previous = before;
    next = before.next;
    before.next.previous = this;
    before.next = this;
  }

  /** Whether it is the head of a list. */
  boolean isHead() {
    return index < 0;
  }

  /** {@code list_empty} of the list with this head. */
  boolean isEmptyHead() {
    return next == this;
  }
}
