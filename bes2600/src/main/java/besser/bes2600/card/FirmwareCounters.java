package besser.bes2600.card;

/**
 * What the firmware has counted.
 *
 * @param transfers transfers that the host has read
 * @param messages messages in them
 * @param repeats transfers that the host asked for again
 * @param framesReceived frames taken from the air
 * @param framesRefused frames not acknowledged for want of a buffer
 * @param framesToSend frames taken from the host
 * @param commands commands taken from the host
 * @param creditViolations messages from the host beyond the input buffers
 * @param sequenceErrors messages from the host out of sequence
 * @param processorBusyNanos time the firmware's processor has been busy
 */
public record FirmwareCounters(
    long transfers,
    long messages,
    long repeats,
    long framesReceived,
    long framesRefused,
    long framesToSend,
    long commands,
    long creditViolations,
    long sequenceErrors,
    long processorBusyNanos) {}
