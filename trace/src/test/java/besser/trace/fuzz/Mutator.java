package besser.trace.fuzz;

import java.util.Arrays;
import java.util.Random;

/** Damages bytes in the ways files get damaged, and in those an attacker would choose. */
public final class Mutator {
  private static final long[] HOSTILE_NUMBERS = {
    0,
    1,
    -1,
    0x7f,
    0xff,
    0x7fff,
    0xffff,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0xffff_ffffL,
    1L << 30,
    1L << 31,
    1L << 27,
    1L << 40,
    4096,
    4095
  };

  private final Random random;

  public Mutator(Random random) {
    this.random = random;
  }

  /** A damaged copy. */
  public byte[] mutate(byte[] original) {
    byte[] bytes = original.clone();
    int rounds = 1 + random.nextInt(4);
    for (int i = 0; i < rounds && bytes.length > 0; i++) {
      bytes = mutateOnce(bytes);
    }
    return bytes;
  }

  private byte[] mutateOnce(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(8)) {
      case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[at] = (byte) random.nextInt();
      case 3, 4 -> putHostileNumber(bytes, at);
      case 5 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 6 -> copyWithin(bytes, at);
      default -> {
        return withHole(bytes, at);
      }
    }
    return bytes;
  }

  private void putHostileNumber(byte[] bytes, int at) {
    long number = HOSTILE_NUMBERS[random.nextInt(HOSTILE_NUMBERS.length)];
    int width = 1 << random.nextInt(4);
    boolean little = random.nextBoolean();
    for (int i = 0; i < width && at + i < bytes.length; i++) {
      int shift = little ? i : width - 1 - i;
      bytes[at + i] = (byte) (number >>> (8 * shift));
    }
  }

  private void copyWithin(byte[] bytes, int at) {
    int from = random.nextInt(bytes.length);
    int length = Math.min(1 + random.nextInt(64), bytes.length - Math.max(at, from));
    System.arraycopy(bytes.clone(), from, bytes, at, length);
  }

  private byte[] withHole(byte[] bytes, int at) {
    int length = Math.min(1 + random.nextInt(64), bytes.length - at);
    byte[] shorter = new byte[bytes.length - length];
    System.arraycopy(bytes, 0, shorter, 0, at);
    System.arraycopy(bytes, at + length, shorter, at, shorter.length - at);
    return shorter;
  }
}
