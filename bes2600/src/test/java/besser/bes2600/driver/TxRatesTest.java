package besser.bes2600.driver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.mac80211.TxRate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TxRatesTest {
  private static TxPolicy build(TxRate... rates) {
    return TxRates.build(List.of(rates), 31);
  }

  private static byte[] table(int... bytes) {
    byte[] table = new byte[TxPolicy.TABLE_BYTES];
    for (int i = 0; i < bytes.length; i++) table[i] = (byte) bytes[i];
    return table;
  }

  @Test
  void htChainEndsWithOneAttemptAtTheLowestRate() {
    TxPolicy policy = build(new TxRate(7, 4, true), new TxRate(0, 3, true));
    assertArrayEquals(table(1, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0x40), policy.raw);
    assertEquals(22, policy.defined);
    assertEquals(8, policy.retryCount);
  }

  @Test
  void stepsAreInsertedBetweenFiftyFourAndOneMegabit() {
    TxPolicy policy = build(new TxRate(11, 4, false), new TxRate(0, 4, false));
    assertArrayEquals(table(4, 0, 0, 1, 0x10, 0, 0x20), policy.raw);
  }

  @Test
  void sameRatesAreAddedUpAndRisingOnesEndTheChain() {
    TxPolicy policy =
        build(new TxRate(5, 2, false), new TxRate(5, 1, false), new TxRate(6, 4, false));
    assertArrayEquals(table(0, 0, 0, 0x30), policy.raw);
    assertEquals(3, policy.retryCount);
  }

  @Test
  void attemptsAreCutToTheLimitKeepingOneForEachRate() {
    TxPolicy policy = TxRates.build(List.of(new TxRate(3, 15, false), new TxRate(2, 9, false)), 10);
    assertArrayEquals(table(0, 0x91), policy.raw);
  }

  @Test
  void policyServesWhatAgreesUpToItsHighestRate() {
    TxPolicy low = build(new TxRate(2, 3, false));
    TxPolicy high = build(new TxRate(6, 2, false), new TxRate(2, 3, false));
    assertTrue(high.serves(low));
    assertFalse(low.serves(high));
  }
}
