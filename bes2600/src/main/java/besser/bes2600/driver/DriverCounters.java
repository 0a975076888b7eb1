package besser.bes2600.driver;

/**
 * What the driver counted since probe.
 *
 * @param rxTransfers transfers read from the card
 * @param rxMessages messages extracted from them
 * @param rxFrames frames given to mac80211
 * @param rxDropped frames refused on the way
 * @param lengthReads reads of the length register
 * @param zeroLengths of them with no length
 * @param staleLengths of them with an old toggle
 * @param txFrames frames confirmed as acknowledged
 * @param txFailed frames confirmed as failed
 * @param txRequeued frames that the firmware gave back
 * @param txSoftwareRetries frames sent again by the driver
 * @param txAttempts attempts to send: calls of {@code wsm_get_tx}
 * @param txTransfers transfers written to the card
 * @param wsmCommands commands sent by {@code wsm_cmd_send}
 * @param hwBufsUsed TX credits in use now
 */
public record DriverCounters(
    long rxTransfers,
    long rxMessages,
    long rxFrames,
    long rxDropped,
    long lengthReads,
    long zeroLengths,
    long staleLengths,
    long txFrames,
    long txFailed,
    long txRequeued,
    long txSoftwareRetries,
    long txAttempts,
    long txTransfers,
    long wsmCommands,
    int hwBufsUsed) {}
