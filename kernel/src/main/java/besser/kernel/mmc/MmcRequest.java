package besser.kernel.mmc;

import besser.kernel.Completion;

/**
 * {@code struct mmc_request} with its command and data; one per host and use, filled anew for every
 * command, because only the task that has the host claimed issues requests.
 */
final class MmcRequest {
  static final int SEND_TUNING_BLOCK = 19;
  static final int IO_RW_DIRECT = 52;
  static final int IO_RW_EXTENDED = 53;

  /** {@code MMC_RSP_SPI_R5 | MMC_RSP_R5 | MMC_CMD_AC}. */
  static final int FLAGS_DIRECT = 0x100 << 1 | 0x15;

  /** {@code MMC_RSP_SPI_R5 | MMC_RSP_R5 | MMC_CMD_ADTC}. */
  static final int FLAGS_EXTENDED = 0x100 << 1 | 0x35;

  static final int DATA_WRITE = 1 << 8;
  static final int DATA_READ = 1 << 9;

  private static final byte[] NO_DATA = new byte[0];

  final Completion completion;
  int opcode;
  int argument;
  int commandFlags;
  boolean hasData;
  boolean write;
  byte[] data = NO_DATA;
  int length;
  int blockBytes;
  int blocks;
  int response;
  int commandError;
  int dataError;

  /** What the card reported inside a response that arrived: an R5 flag's error, or 0. */
  int responseError;

  MmcRequest(Completion completion) {
    this.completion = completion;
  }

  void command(int commandOpcode, int commandArgument, int flags) {
    opcode = commandOpcode;
    argument = commandArgument;
    commandFlags = flags;
    hasData = false;
    write = false;
    data = NO_DATA;
    length = 0;
    blockBytes = 0;
    blocks = 0;
    response = 0;
    commandError = 0;
    dataError = 0;
    responseError = 0;
  }

  void data(boolean toCard, byte[] bytes, int byteCount, int blockSize) {
    hasData = true;
    write = toCard;
    data = bytes;
    length = byteCount;
    blockBytes = Math.min(blockSize, Math.max(byteCount, 1));
    blocks = (byteCount + blockBytes - 1) / blockBytes;
  }

  int dataFlags() {
    if (!hasData) return 0;
    return write ? DATA_WRITE : DATA_READ;
  }

  /** What the issuer sees: the command's error before the data's before the response's. */
  int result() {
    if (commandError != 0) return commandError;
    if (dataError != 0 && responseError == 0) return dataError;
    return responseError;
  }
}
