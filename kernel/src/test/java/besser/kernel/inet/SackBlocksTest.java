package besser.kernel.inet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SackBlocksTest {
  private final SackBlocks blocks = new SackBlocks();

  private String told() {
    TcpHeader header = new TcpHeader().clear();
    blocks.tell(header);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < header.sackBlocks(); i++) {
      text.append(header.sackStart(i)).append('-').append(header.sackEnd(i)).append(' ');
    }
    return text.toString().strip();
  }

  @Test
  void mostRecentBlockComesFirst() {
    blocks.add(100, 200);
    blocks.add(500, 600);
    assertEquals("500-600 100-200", told());
    blocks.add(200, 300);
    assertEquals("100-300 500-600", told());
  }

  @Test
  void blockThatClosesAGapJoinsItsNeighbours() {
    blocks.add(100, 200);
    blocks.add(300, 400);
    blocks.add(200, 300);
    assertEquals("100-400", told());
  }

  @Test
  void acknowledgedBlocksAreForgotten() {
    blocks.add(100, 200);
    blocks.add(300, 400);
    blocks.acknowledged(200);
    assertEquals("300-400", told());
    blocks.acknowledged(400);
    assertTrue(blocks.isEmpty());
  }

  @Test
  void duplicateIsToldFirstAndOnce() {
    blocks.add(100, 200);
    blocks.duplicate(10, 20);
    assertEquals("10-20 100-200", told());
    assertEquals("100-200", told());
  }

  @Test
  void onlyThreeBlocksFitBesideATimestamp() {
    for (int i = 0; i < 6; i++) blocks.add(100 * i, 100 * i + 10);
    assertEquals("500-510 400-410 300-310", told());
  }

  @Test
  void blocksWorkAcrossTheWrapOfSequenceNumbers() {
    blocks.add(-10, 5);
    blocks.add(5, 20);
    assertEquals("-10-20", told());
    blocks.acknowledged(20);
    assertTrue(blocks.isEmpty());
  }
}
