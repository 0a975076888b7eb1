package besser.rig.traffic;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * The first 24 bytes of a datagram, big-endian: a mark (4), a number that tells steps apart (4),
 * the datagram's number from 0 (8) and how many the step has in all (8).
 */
record DatagramHeader(int flow, long sequence, long wanted) {
  static final int BYTES = 24;
  private static final int MARK = 0x6273_7231;

  /** A datagram of that size with incompressible content, still without its number. */
  static ByteBuffer blank(int bytes, long wanted) {
    ByteBuffer datagram = ByteBuffer.allocateDirect(bytes);
    fill(datagram);
    int flow = (int) (System.nanoTime() ^ ProcessHandle.current().pid() << 20);
    datagram.putInt(0, MARK).putInt(4, flow).putLong(16, wanted);
    return datagram;
  }

  /** Content that no link on the way can compress. */
  static void fill(ByteBuffer buffer) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < buffer.capacity(); i++) buffer.put(i, (byte) random.nextInt());
  }

  static void number(ByteBuffer datagram, long sequence) {
    datagram.putLong(8, sequence);
  }

  /** The datagram's flow, or empty when it is none of ours. */
  static OptionalLong flow(ByteBuffer datagram) {
    return datagram.remaining() >= BYTES && datagram.getInt(0) == MARK
        ? OptionalLong.of(datagram.getInt(4))
        : OptionalLong.empty();
  }

  static DatagramHeader read(ByteBuffer datagram) {
    return new DatagramHeader(datagram.getInt(4), datagram.getLong(8), datagram.getLong(16));
  }
}
