package besser.rig.traffic;

import java.util.List;
import java.util.Optional;

/**
 * What a receiver counted in one step.
 *
 * @param method how it was counted, such as {@code nc, /proc/PID/io}
 * @param totalBytes of payload, also what came after the step's end
 * @param series of payload since the first byte; intervals of 100 ms, or of 1 s where the device
 *     itself is asked
 * @param datagrams for UDP at a receiver that reads the numbers
 * @param counters of the interface it came in by, where it can be told
 * @param cpuSeconds of the receiving thread or process; 0 where it cannot be told
 * @param notes what was done without, and why
 */
public record ReceivedTraffic(
    String method,
    long totalBytes,
    ByteSeries series,
    Optional<DatagramCount> datagrams,
    Optional<InterfaceCount> counters,
    double cpuSeconds,
    List<String> notes) {
  public ReceivedTraffic {
    notes = List.copyOf(notes);
  }
}
