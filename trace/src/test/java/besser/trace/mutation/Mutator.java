package besser.trace.mutation;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damages sound inputs the way files are damaged in life and by malice: flipped bits, numbers at
 * their limits, parts cut out, doubled, swapped in from elsewhere, and ends cut off. The same seed
 * gives the same inputs.
 */
public final class Mutator {
  private static final long[] LIMITS = {
    0,
    1,
    -1,
    4,
    7,
    8,
    0x7f,
    0xff,
    0x7fff,
    0xffff,
    0x7fffffff,
    0x80000000L,
    0xffffffffL,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 40,
    -4096,
    -512,
    -128
  };

  private final Random random;
  private final List<byte[]> sound;

  /** Mutations of the given inputs. */
  public Mutator(long seed, List<byte[]> sound) {
    this.random = new Random(seed);
    this.sound = List.copyOf(sound);
  }

  /** The next damaged input. */
  public byte[] next() {
    byte[] bytes = sound.get(random.nextInt(sound.size())).clone();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count && bytes.length > 0; i++) {
      bytes = mutate(bytes);
    }
    return bytes;
  }

  private byte[] mutate(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(8)) {
      case 0 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 1 -> {
        return spliced(bytes, at, at + random.nextInt(Math.min(64, bytes.length - at)));
      }
      case 2 -> {
        int length = random.nextInt(Math.min(64, bytes.length - at));
        return spliced(bytes, at + length, at);
      }
      case 3, 4 -> putNumber(bytes, at & ~7, LIMITS[random.nextInt(LIMITS.length)]);
      case 5 -> putNumber(bytes, at & ~1, LIMITS[random.nextInt(LIMITS.length)]);
      case 6 -> bytes[at] = (byte) random.nextInt(256);
      default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  /** The bytes before {@code headEnd}, then those from {@code tailStart} on. */
  private static byte[] spliced(byte[] bytes, int headEnd, int tailStart) {
    byte[] spliced = Arrays.copyOf(bytes, headEnd + bytes.length - tailStart);
    System.arraycopy(bytes, tailStart, spliced, headEnd, bytes.length - tailStart);
    return spliced;
  }

  private void putNumber(byte[] bytes, int at, long value) {
    int width = 1 << random.nextInt(4);
    for (int i = 0; i < width && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >>> (8 * i));
    }
  }
}
