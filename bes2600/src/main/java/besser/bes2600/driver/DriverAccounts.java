package besser.bes2600.driver;

import java.util.List;

/**
 * What must be back at zero when nothing is in flight.
 *
 * @param hwBufsUsed {@code hw_bufs_used}: TX credits in use
 * @param hwBufsUsedVif {@code hw_bufs_used_vif[]}: of these by interface, commands apart
 * @param txPending {@code wsm_tx_pending[]}: requests without a confirm, of the LMAC and the MCU
 * @param queuedFrames frames that wait in the driver to be sent
 */
public record DriverAccounts(
    int hwBufsUsed, List<Integer> hwBufsUsedVif, List<Integer> txPending, int queuedFrames) {
  public DriverAccounts {
    hwBufsUsedVif = List.copyOf(hwBufsUsedVif);
    txPending = List.copyOf(txPending);
  }

  /** Whether everything is. */
  public boolean isBalanced() {
    return hwBufsUsed == 0
        && queuedFrames == 0
        && hwBufsUsedVif.stream().allMatch(used -> used == 0)
        && txPending.stream().allMatch(pending -> pending == 0);
  }
}
