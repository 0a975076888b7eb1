package besser.kernel.mmc;

/** {@code struct mmc_host_ops}: what the core asks of a host controller's driver. */
interface MmcHostOps {
  /** Starts a request; {@link MmcHost#requestDone} ends it. */
  void request(MmcRequest request);

  /** Unmasks or masks the card's interrupt. */
  void enableSdioIrq(boolean enable);

  /** Unmasks the card's interrupt after it has been handled. */
  void ackSdioIrq();

  /** Reads whether the card holds its data line low. */
  boolean cardBusy();

  /** Finds the sampling phase again. */
  void executeTuning();
}
