package besser.kernel.mmc;

import besser.kernel.random.Distribution;

/**
 * How long things take on the SDIO bus and in the controller, outside the CPUs.
 *
 * @param clockHertz bus clock; 150,000,000 is SDR104 on RK3566
 * @param busWidthBits data lines, 1, 4 or 8
 * @param commandClocks clocks of one command with its response: 48 + 48 bits and the turn-around (2
 *     to 64 clocks, SD physical layer specification, N_CR)
 * @param blockClocks clocks that one data block costs beyond its bytes: start bit, CRC16, end bit
 *     and the gap to the next block
 * @param commandOverheadNanos controller and card time per command beyond its clocks
 * @param blockOverheadNanos card time per data block beyond its clocks
 * @param dmaLagNanos from the controller's data-over to the DMA engine's receive interrupt
 */
public record MmcTiming(
    int clockHertz,
    int busWidthBits,
    int commandClocks,
    int blockClocks,
    Distribution commandOverheadNanos,
    Distribution blockOverheadNanos,
    Distribution dmaLagNanos) {
  public MmcTiming {
    if (clockHertz < 0) {
      throw new IllegalArgumentException("clock must be >= 0 Hz, got " + clockHertz);
    }
    if (busWidthBits != 1 && busWidthBits != 4 && busWidthBits != 8) {
      throw new IllegalArgumentException("bus width must be 1, 4 or 8 bits, got " + busWidthBits);
    }
    if (commandClocks < 0 || blockClocks < 0) {
      throw new IllegalArgumentException(
          "clocks must be >= 0, got " + commandClocks + " and " + blockClocks);
    }
  }

  /** A bus on which nothing takes time, for a machine that stands still. */
  public static MmcTiming still() {
    Distribution none = Distribution.fixed(0);
    return new MmcTiming(0, 4, 0, 0, none, none, none);
  }

  /** Four lines at 150 MHz, with overheads given. */
  public static MmcTiming sdr104(Distribution commandOverheadNanos, Distribution blockOverhead) {
    return new MmcTiming(
        150_000_000, 4, 104, 20, commandOverheadNanos, blockOverhead, Distribution.fixed(300));
  }

  /** Time of {@code clocks} bus clocks in ns, rounded up; none on a still bus. */
  long clocksNanos(long clocks) {
    return clockHertz == 0 ? 0 : (clocks * 1_000_000_000L + clockHertz - 1) / clockHertz;
  }

  /** Bus time of a command and its response in ns. */
  long commandNanos() {
    return clocksNanos(commandClocks);
  }

  /** Bus time of a data phase in ns. */
  long dataNanos(int bytes, int blocks) {
    return clocksNanos((long) bytes * 8 / busWidthBits + (long) blocks * blockClocks);
  }
}
