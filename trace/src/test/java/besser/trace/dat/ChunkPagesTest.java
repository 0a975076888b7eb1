package besser.trace.dat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.Issue;
import besser.trace.IssueCounts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkPagesTest {
  private static final int PAGE_BYTES = 4096;

  private final IssueCounts issues = new IssueCounts();

  /** One chunk: what it says it expands to, and its compressed bytes. */
  private record Chunk(int declaredBytes, ByteBuffer packed) {}

  private static Chunk sound(Compression compression, int pages, int fill) {
    byte[] plain = new byte[pages * PAGE_BYTES];
    Arrays.fill(plain, (byte) fill);
    return new Chunk(plain.length, ByteBuffer.wrap(compression.compress(plain)));
  }

  private ChunkPages pages(Compression compression, int count, List<Chunk> chunks) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(count);
    for (Chunk chunk : chunks) {
      bytes.putInt(chunk.packed().remaining()).putInt(chunk.declaredBytes());
      bytes.put(chunk.packed().duplicate());
    }
    MemorySegment region = MemorySegment.ofBuffer(bytes.flip());
    return new ChunkPages(
        region, 100, compression, ByteOrder.LITTLE_ENDIAN, PAGE_BYTES, "test", issues);
  }

  private static int read(ChunkPages pages) {
    int count = 0;
    while (pages.next()) {
      count++;
    }
    pages.close();
    return count;
  }

  @Test
  void expandsChunkAfterChunk() {
    for (Compression compression : List.of(Compression.ZLIB, Compression.ZSTD)) {
      ChunkPages pages =
          pages(compression, 2, List.of(sound(compression, 10, 1), sound(compression, 3, 2)));
      for (int i = 0; i < 13; i++) {
        assertTrue(pages.next());
        byte first = pages.segment().get(ValueLayout.JAVA_BYTE, pages.startBytes());
        assertEquals(i < 10 ? 1 : 2, first);
        assertEquals(PAGE_BYTES, pages.lengthBytes());
      }
      assertFalse(pages.next());
    }
    assertTrue(issues.isEmpty(), issues.toString());
  }

  @Test
  void refusesAChunkThatDeclaresMoreThanTheLimitWithoutAllocatingIt() {
    Chunk bomb = new Chunk(Integer.MAX_VALUE, ByteBuffer.allocate(100));
    Chunk sound = sound(Compression.ZSTD, 1, 1);

    assertEquals(1, read(pages(Compression.ZSTD, 2, List.of(bomb, sound))));
    assertEquals(1, issues.count(Issue.DAMAGED_CHUNK));
    assertEquals("test: offset 104", issues.firstPlace(Issue.DAMAGED_CHUNK));
  }

  @Test
  void refusesAChunkThatExpandsToMoreThanItDeclares() {
    for (Compression compression : List.of(Compression.ZLIB, Compression.ZSTD)) {
      ByteBuffer bomb = ByteBuffer.wrap(compression.compress(new byte[8 << 20]));
      Chunk liar = new Chunk(PAGE_BYTES, bomb);

      assertEquals(1, read(pages(compression, 2, List.of(liar, sound(compression, 1, 1)))));
    }
    assertEquals(2, issues.count(Issue.DAMAGED_CHUNK));
  }

  @Test
  void countsAChunkThatExpandsToLessThanItDeclares() {
    ByteBuffer packed = ByteBuffer.wrap(Compression.ZLIB.compress(new byte[PAGE_BYTES]));

    assertEquals(0, read(pages(Compression.ZLIB, 1, List.of(new Chunk(2 * PAGE_BYTES, packed)))));
    assertEquals(1, issues.count(Issue.DAMAGED_CHUNK));
  }

  @Test
  void countsChunksMissingAtTheEnd() {
    assertEquals(1, read(pages(Compression.ZSTD, 5, List.of(sound(Compression.ZSTD, 1, 1)))));
    assertEquals(1, issues.count(Issue.TRUNCATED_DATA));
  }
}
