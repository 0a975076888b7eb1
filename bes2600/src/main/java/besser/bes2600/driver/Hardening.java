package besser.bes2600.driver;

/**
 * What the checks forced on {@code direct}, one change to the C code each. {@code direct-hardened}
 * has them all; {@code direct-hardened+no-credits-atomic} lacks one, and so shows why it is there.
 * docs/patch-c-review.md names the finding that forced each.
 */
public enum Hardening {
  // What Patch C makes necessary: two contexts change what bh alone changed before.

  /** In {@link SharedTxBuffers}. */
  CREDITS_ATOMIC(
      "hw_bufs_used and hw_bufs_used_vif[] are atomic_t, decided on by what changed them"),
  /** In {@link SharedTxBuffers}. */
  PENDING_LOCK("wsm_tx_pending[] and its monitor timer change together, under a lock"),
  /** In {@link BhTx}. */
  COUNT_FIRST("bh counts a message before pipe_send, when its confirm cannot have come yet"),
  /** In {@link besser.bes2600.driver.rx.DirectHardened}. */
  BH_READS_LOOP("bh dispatches the answers of tx_loop while the bus is dead"),

  // What the driver needs as it ships.

  /** In {@link TxConfirmCb}. */
  TX_STATUS_NI("ieee80211_tx_status_ni in process context"),
  /** By {@link SharedVariables}. */
  COMMAND_MARKED("wsm_cmd.ptr and wsm_cmd.done are read with READ_ONCE outside their lock"),
  /** By {@link SharedVariables}. */
  CREDIT_LIMIT_MARKED("wsm_caps.numInpChBufs with READ_ONCE and WRITE_ONCE"),
  /** By {@link SharedVariables}. */
  TEARDOWN_MARKED("self->core and irq_handler with READ_ONCE and WRITE_ONCE"),
  /** By {@link SharedVariables}. */
  BEACON_FILTER_MARKED("disable_beacon_filter with READ_ONCE and WRITE_ONCE"),
  /** In {@link SdioPower}. */
  DEBUG_DATA_RACE("sdio_work_debug prints its counters through data_race()"),
  /** In {@link SharedTxBuffers}. */
  MONITOR_WORK("a monitor timer closes the link from a work item, not in its softirq"),
  /** In {@link SharedTxBuffers}. */
  ASK_FIRST("a monitor reads the card once before it closes the link"),
  /** In {@link SdioRx}. */
  ACKNOWLEDGE("register 1 is read to take the interrupt back also where nothing is received"),
  /** In {@link SdioRx}. */
  PAD_ONCE("the pad of a transfer is allocated at probe, not for every transfer"),
  /** In {@link SdioTx}. */
  DESCRIPTOR_POOL("TX descriptors come from a mempool, which waits for memory"),
  /** In {@link Pwr}. */
  NO_FLUSH("set_busy_event does not flush power_down_work, which it has just cancelled"),
  /** In {@link TxLoop}. */
  LOOP_BY_BH("bh starts tx_loop, once rx_work and tx_work have ended, and alone fills it"),
  /** In {@link TxLoop}. */
  LOOP_WAITS("tx_loop allocates its answers before the walk, and waits for memory"),
  /** By {@link Bes2600Common#complain}. */
  NO_WARN("what a card or a lack of memory can cause is logged, not WARNed about");

  private final String summary;

  Hardening(String summary) {
    this.summary = summary;
  }

  /** The name users type behind {@code +no-}, such as {@code credits-atomic}. */
  public String id() {
    return Variant.kebab(name());
  }

  /** One line: the change. */
  public String summary() {
    return summary;
  }
}
