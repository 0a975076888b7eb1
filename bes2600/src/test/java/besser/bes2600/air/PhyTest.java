package besser.bes2600.air;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PhyTest {
  @Test
  void dataAtMcs7TakesOneSymbolPer260Bits() {
    // 1554 bytes: 12,432 + 22 bits = 47.9 symbols of 260 bits, 48 x 4 us + 6 us extension.
    assertEquals(198_000, Phy.htDataNanos(1554, 7));
  }

  @Test
  void dataAtMcs0TakesOneSymbolPer26Bits() {
    // 100 bytes: 822 bits = 31.6 symbols, 32 x 4 us + 6 us.
    assertEquals(134_000, Phy.htDataNanos(100, 0));
  }

  @Test
  void acknowledgementsAt24MbitHaveTheirTextbookLength() {
    // ACK: 20 + ceil(134/96) x 4 = 28 us, block ack: 20 + ceil(278/96) x 4 = 32 us; + 6 us.
    assertEquals(34_000, Phy.ackNanos());
    assertEquals(38_000, Phy.blockAckNanos());
  }

  @Test
  void aifsOfBestEffortIs37Microseconds() {
    assertEquals(37_000, Phy.aifsNanos(3));
  }

  @Test
  void aSubframeIsPaddedToFourBytes() {
    // 4 delimiter + 1501 + 16 CCMP + 4 FCS = 1525, padded to 1528.
    assertEquals(1528, Phy.subframeBytes(1501));
  }

  @Test
  void aBeaconAt1MbitTakes192MicrosecondsAndEightPerByte() {
    assertEquals(2_592_000, Phy.dsssNanos(300));
  }
}
