package besser.kernel.mmc;

/**
 * {@code struct sdio_func}: one function of an SDIO card as its driver uses it.
 *
 * <p>All transfers need the host claimed. Results are 0 or a negative {@link besser.kernel.Errno}.
 */
public interface SdioFunction {
  /** {@code sdio_claim_host}: sleeps until free; recursive for the task that holds it. */
  void claimHost();

  /** {@code sdio_release_host}. */
  void releaseHost();

  /** {@code sdio_claim_irq}: {@code -EBUSY} when a handler is already there. */
  int claimIrq(Runnable handler);

  /** {@code sdio_release_irq}. */
  int releaseIrq();

  /** {@code sdio_readb}: CMD52 read; the byte as 0 to 255, or a negative error. */
  int readb(int address);

  /** {@code sdio_writeb}: CMD52 write. */
  int writeb(int value, int address);

  /**
   * One CMD53 as drivers issue it through {@code mmc_wait_for_req}, with the raw argument.
   *
   * @param argument the 32-bit CMD53 argument
   * @param write true from host to card
   * @param data the bytes of the transfer, in place
   * @param length how many of them
   */
  int cmd53(int argument, boolean write, byte[] data, int length);

  /** {@code cur_blksize} in bytes; 512 unless set. */
  int blockSize();

  /** The host's {@code max_blk_count}. */
  int maxBlockCount();

  /** {@code sdio_align_size}. */
  int alignSize(int bytes);

  /** {@code sdio_retune_hold_now}. */
  void retuneHoldNow();

  /** {@code sdio_retune_release}. */
  void retuneRelease();
}
