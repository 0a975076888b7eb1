package besser.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;

/** How fast two threads can read a file that is mapped and in memory, doing next to nothing. */
final class MemorySpeed {
  private static final int ROUNDS = 5;
  private static final int THREADS = 2;

  private MemorySpeed() {}

  /** Bytes per second, the best of some rounds. */
  static double of(Path file) {
    try (Arena arena = Arena.ofShared();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      double best = 0;
      long check = 0;
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        check += sum(bytes);
        best = Math.max(best, bytes.byteSize() * 1e9 / (System.nanoTime() - start));
      }
      return check == Long.MIN_VALUE ? 0 : best;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static long sum(MemorySegment bytes) {
    long part = bytes.byteSize() / THREADS / 8 * 8;
    return IntStream.range(0, THREADS)
        .parallel()
        .mapToLong(
            thread -> {
              long sum = 0;
              for (long at = thread * part; at < (thread + 1) * part; at += 8) {
                sum += bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
              }
              return sum;
            })
        .sum();
  }
}
