package besser.kernel.mmc;

/**
 * One instance of the Synopsys DesignWare controller.
 *
 * @param hostName the host as tracepoints name it, such as {@code mmc2}
 * @param irq its interrupt number
 * @param cpu the CPU that takes the interrupt
 * @param bottomHalf where requests are finished
 * @param maxBlockCount blocks in one transfer: 2,048 with the 256-entry descriptor ring of 4 KiB
 *     segments
 * @param tuningBlocks CMD19 blocks that one retuning reads
 * @param timing times on the bus
 */
public record DwMciConfig(
    String hostName,
    int irq,
    int cpu,
    BottomHalf bottomHalf,
    int maxBlockCount,
    int tuningBlocks,
    MmcTiming timing) {
  /** Where {@code dw_mmc} finishes requests. */
  public enum BottomHalf {
    /** A tasklet: before the conversion of mmc hosts to BH work (Linux 6.9 and older). */
    TASKLET,
    /** A work item on {@code system_bh_wq}; as read in Linux 6.12. */
    BH_WORK
  }

  public DwMciConfig {
    if (irq < 0 || cpu < 0) {
      throw new IllegalArgumentException("irq and cpu must be >= 0, got " + irq + " and " + cpu);
    }
    if (maxBlockCount < 1) {
      throw new IllegalArgumentException("block count must be >= 1, got " + maxBlockCount);
    }
    if (tuningBlocks < 0) {
      throw new IllegalArgumentException("tuning blocks must be >= 0, got " + tuningBlocks);
    }
  }

  /** The SDIO slot of a PineTab2 under a current kernel. */
  public static DwMciConfig pinetab2(MmcTiming timing) {
    return new DwMciConfig("mmc2", 45, 0, BottomHalf.BH_WORK, 2048, 32, timing);
  }
}
