package besser.bes2600.air;

/**
 * The receive side's reordering under block acknowledgement: hands frames on in the sender's order,
 * holding back those behind a gap until it is filled or given up (IEEE 802.11-2020, 10.24.7.6).
 */
public final class ReorderBuffer implements FrameReceiver {
  /** Where frames go once they are in order. */
  public interface Sink {
    /** Whether another frame could be stored now. */
    boolean hasRoom();

    /** The next frame in order. */
    void deliver(Frame frame);
  }

  private static final int SLOTS = 128;

  private final Sink sink;
  private final Frame[] held = new Frame[SLOTS];
  private final boolean[] present = new boolean[SLOTS];
  private long expected;
  private int heldCount;

  /** An empty buffer that expects the sender's first frame. */
  public ReorderBuffer(Sink sink) {
    this.sink = sink;
  }

  /** Frames that wait behind a gap. */
  public int held() {
    return heldCount;
  }

  @Override
  public boolean receive(Frame frame) {
    if (frame.index < expected) return true; // a duplicate: acknowledged again, delivered once
    if (frame.index >= expected + SLOTS) skipTo(frame.index - SLOTS + 1);
    int slot = (int) frame.index & (SLOTS - 1);
    if (present[slot]) return true;
    if (!sink.hasRoom()) return false;
    held[slot] = frame;
    present[slot] = true;
    heldCount++;
    release();
    return true;
  }

  @Override
  public void skipTo(long index) {
    while (expected < index) {
      int slot = (int) expected & (SLOTS - 1);
      if (present[slot]) take(slot);
      expected++;
    }
    release();
  }

  private void release() {
    int slot = (int) expected & (SLOTS - 1);
    while (present[slot]) {
      take(slot);
      expected++;
      slot = (int) expected & (SLOTS - 1);
    }
  }

  private void take(int slot) {
    present[slot] = false;
    heldCount--;
    sink.deliver(held[slot]);
  }
}
