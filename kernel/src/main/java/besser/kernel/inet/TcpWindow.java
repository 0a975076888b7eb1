package besser.kernel.inet;

/**
 * The receive window and its buffer as Linux sizes them: {@code tcp_select_window}, {@code
 * tcp_grow_window} and dynamic right-sizing ({@code tcp_rcv_space_adjust}). Sizes in bytes.
 */
final class TcpWindow {
  /** What Linux announces for a buffer of 128 KiB: 44 segments of 1,460 bytes. */
  private static final int INITIAL_WINDOW = 64_240;

  private static final int RATIO_SHIFT = 8;

  private final int maxBufferBytes;
  private int bufferBytes;
  private int scalingRatio = 1 << (RATIO_SHIFT - 1);
  private int clamp;
  private int slowStartThreshold = INITIAL_WINDOW;
  private int scale;
  private int window = INITIAL_WINDOW;
  private int announcedAt;

  private int measuredFrom;
  private int measuredSpace = INITIAL_WINDOW;
  private long measuredAtNanos;
  private long roundTripNanos;

  TcpWindow(int initialBufferBytes, int maxBufferBytes) {
    this.maxBufferBytes = maxBufferBytes;
    this.bufferBytes = initialBufferBytes;
    this.clamp = winFromSpace(initialBufferBytes);
  }

  /** A connection begins; next is the first sequence number of data. */
  void open(int next, int windowScale, long nowNanos) {
    announcedAt = next;
    measuredFrom = next;
    measuredAtNanos = nowNanos;
    scale = windowScale;
  }

  private int winFromSpace(long space) {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, (space * scalingRatio) >> RATIO_SHIFT));
  }

  int scale() {
    return scale;
  }

  /** {@code sk_rcvbuf}. */
  int bufferBytes() {
    return bufferBytes;
  }

  /** {@code rcv_wnd}: the window last announced. */
  int announced() {
    return window;
  }

  /** {@code rcv_wup}: what was acknowledged when it was announced. */
  int announcedAt() {
    return announcedAt;
  }

  /** {@code tcp_receive_window}: what the sender may still send. */
  int open(int next) {
    return Math.max(0, announcedAt + window - next);
  }

  /** {@code __tcp_select_window}: what could be announced. */
  int candidate(int usedBytes, int segmentBytes) {
    int free = winFromSpace((long) bufferBytes - usedBytes);
    int full = Math.min(clamp, winFromSpace(bufferBytes));
    if (free < full >> 1) {
      free = free >> scale << scale;
      if (free < full >> 4 || free < segmentBytes) return 0;
    }
    int candidate = Math.min(free, slowStartThreshold);
    int unit = 1 << scale;
    return (candidate + unit - 1) & -unit;
  }

  /** {@code tcp_select_window}: decides and remembers; the field's value. Never shrinks. */
  int announce(int next, int usedBytes, int segmentBytes) {
    int unit = 1 << scale;
    int current = (open(next) + unit - 1) & -unit;
    window = Math.min(Math.max(candidate(usedBytes, segmentBytes), current), 0xffff << scale);
    announcedAt = next;
    return window >> scale;
  }

  /** {@code tcp_measure_rcv_mss}: how much of a buffer's memory is payload. */
  void measure(int payloadBytes, int truesize) {
    int ratio = (int) (((long) payloadBytes << RATIO_SHIFT) / truesize);
    if (ratio != scalingRatio) {
      scalingRatio = Math.max(1, ratio);
      clamp = winFromSpace(bufferBytes);
    }
  }

  /** {@code tcp_grow_window}: a segment arrived in order; true when the threshold grew. */
  boolean grow(int payloadBytes, int truesize, int usedBytes, int segmentBytes) {
    int room = Math.min(clamp, winFromSpace((long) bufferBytes - usedBytes)) - slowStartThreshold;
    if (room <= 0) return false;
    int step =
        winFromSpace(truesize) <= payloadBytes
            ? 2 * segmentBytes
            : slowStep(truesize, payloadBytes, segmentBytes);
    if (step == 0) return false;
    slowStartThreshold += Math.min(room, Math.max(step, 2 * payloadBytes));
    return true;
  }

  private int slowStep(int truesize, int payloadBytes, int segmentBytes) {
    int share = winFromSpace(truesize) >> 1;
    int bound = winFromSpace(maxBufferBytes) >> 1;
    while (slowStartThreshold <= bound) {
      if (share <= payloadBytes) return 2 * segmentBytes;
      share >>= 1;
      bound >>= 1;
    }
    return 0;
  }

  /** A round trip was seen, by timestamps. */
  void measuredRoundTrip(long nanos) {
    roundTripNanos = roundTripNanos == 0 ? nanos : Math.min(roundTripNanos, nanos);
  }

  /** The round trip in ns, 0 when none was seen. */
  long roundTripNanos() {
    return roundTripNanos;
  }

  /** Dynamic right-sizing: the reader has taken everything before {@code copied}. */
  void consumed(int copied, long nowNanos, int segmentBytes) {
    if (roundTripNanos == 0 || nowNanos - measuredAtNanos < roundTripNanos) return;
    int space = copied - measuredFrom;
    if (space > measuredSpace) {
      long wanted = 2L * space + 16L * segmentBytes;
      wanted += 2 * (wanted * (space - measuredSpace) / measuredSpace);
      long memory = (wanted << RATIO_SHIFT) / scalingRatio;
      int buffer = (int) Math.min(memory, maxBufferBytes);
      if (buffer > bufferBytes) {
        bufferBytes = buffer;
        clamp = winFromSpace(buffer);
      }
      measuredSpace = space;
    }
    measuredFrom = copied;
    measuredAtNanos = nowNanos;
  }
}
