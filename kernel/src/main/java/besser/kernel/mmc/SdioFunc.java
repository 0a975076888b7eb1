package besser.kernel.mmc;

import besser.kernel.Kernel;

/** Function 1 of the card in a slot, as its driver sees it. */
final class SdioFunc implements SdioFunction {
  private static final int NUMBER = 1;
  private static final int BLOCK_BYTES = 512;

  private final Kernel kernel;
  private final MmcHost host;
  private final int maxBlockCount;

  SdioFunc(Kernel kernel, MmcHost host, int maxBlockCount) {
    this.kernel = kernel;
    this.host = host;
    this.maxBlockCount = maxBlockCount;
  }

  @Override
  public void claimHost() {
    host.claim();
  }

  @Override
  public void releaseHost() {
    host.release();
  }

  @Override
  public int claimIrq(Runnable handler) {
    return host.claimIrq(handler);
  }

  @Override
  public int releaseIrq() {
    return host.releaseIrq();
  }

  @Override
  public int readb(int address) {
    try (var _ = kernel.enter(MmcFunctions.SDIO_READB)) {
      return host.ioRwDirect(false, NUMBER, address, 0);
    }
  }

  @Override
  public int writeb(int value, int address) {
    try (var _ = kernel.enter(MmcFunctions.SDIO_WRITEB)) {
      return host.ioRwDirect(true, NUMBER, address, value);
    }
  }

  @Override
  public int cmd53(int argument, boolean write, byte[] data, int length) {
    MmcRequest mrq = host.request();
    mrq.command(MmcRequest.IO_RW_EXTENDED, argument, MmcRequest.FLAGS_EXTENDED);
    mrq.data(write, data, length, BLOCK_BYTES);
    return host.waitForRequest(mrq);
  }

  @Override
  public int blockSize() {
    return BLOCK_BYTES;
  }

  @Override
  public int maxBlockCount() {
    return maxBlockCount;
  }

  /**
   * {@code sdio_align_size} for a function with 512-byte blocks that can do multi-block transfers:
   * a multiple of 4 up to one block, then whole blocks when that needs no extra command.
   */
  @Override
  public int alignSize(int bytes) {
    int words = (bytes + 3) & ~3;
    if (words <= BLOCK_BYTES) return words;
    return (words + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
  }

  @Override
  public void retuneHoldNow() {
    host.retuneHoldNow();
  }

  @Override
  public void retuneRelease() {
    host.retuneRelease();
  }
}
