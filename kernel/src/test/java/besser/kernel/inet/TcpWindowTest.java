package besser.kernel.inet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TcpWindowTest {
  private static final int SEGMENT = 1448;
  private static final int TRUESIZE = 2206;
  private final TcpWindow window = new TcpWindow(131_072, 6_291_456);

  @Test
  void firstWindowIs44Segments() {
    window.open(1000, 7, 0);
    assertEquals(64_240, window.announced());
    assertEquals(64_240, window.open(1000));
    assertEquals(0, window.open(1000 + 64_240));
  }

  @Test
  void windowNeverShrinksWhatWasAnnounced() {
    window.open(0, 7, 0);
    int field = window.announce(1448, 120_000, SEGMENT);
    // 64,240 - 1,448 = 62,792, rounded up to the scale's unit of 128
    assertEquals(62_848, field << 7);
    assertEquals(62_848, window.open(1448));
  }

  @Test
  void fullBufferClosesTheWindow() {
    window.open(0, 7, 0);
    assertEquals(0, window.candidate(131_072, SEGMENT));
  }

  @Test
  void windowGrowsWithSegmentsThatArriveInOrder() {
    window.open(0, 7, 0);
    int before = window.candidate(0, SEGMENT);
    window.measure(SEGMENT, TRUESIZE);
    for (int i = 0; i < 20; i++) window.grow(SEGMENT, TRUESIZE, 0, SEGMENT);
    assertTrue(window.candidate(0, SEGMENT) > before);
    assertTrue(window.candidate(0, SEGMENT) <= 131_072);
  }

  @Test
  void bufferIsRightSizedToTwiceWhatWasReadInARoundTrip() {
    window.open(0, 7, 0);
    window.measuredRoundTrip(10_000_000);
    window.consumed(100_000, 9_999_999, SEGMENT);
    assertEquals(131_072, window.bufferBytes());
    window.consumed(100_000, 10_000_000, SEGMENT);
    int grown = window.bufferBytes();
    assertTrue(grown >= 2 * 100_000, "buffer " + grown);
    window.consumed(50_000_000, 30_000_000, SEGMENT);
    assertEquals(6_291_456, window.bufferBytes());
  }

  @Test
  void bufferStaysWhenNoRoundTripIsKnown() {
    window.open(0, 7, 0);
    window.consumed(1_000_000, 1_000_000_000, SEGMENT);
    assertEquals(131_072, window.bufferBytes());
  }
}
