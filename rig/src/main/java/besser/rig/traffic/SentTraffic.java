package besser.rig.traffic;

import java.time.Instant;
import java.util.List;

/**
 * What a sender did in one step. Its bytes are what the kernel took, not what arrived.
 *
 * @param step what it was asked for
 * @param startedAt when the first byte was due
 * @param startedMonotonicNanos the same on {@link System#nanoTime()}, which is CLOCK_MONOTONIC
 * @param seconds until the last byte was taken or the traffic ended otherwise
 * @param bytes of payload that the kernel took
 * @param writes calls that took some; datagrams for UDP
 * @param series per 100 ms since the start
 * @param end how it ended
 * @param shortfall what was due until the end and not offered, and why
 * @param worstLateNanos how late the sender came at most when the path was free
 * @param cpuSeconds of the sending thread, user and system
 * @param tcp once a second, and last when everything had been acknowledged that was to be; empty
 *     for UDP and where the kernel cannot be asked
 * @param notes what was done without, and why
 */
public record SentTraffic(
    TrafficStep step,
    Instant startedAt,
    long startedMonotonicNanos,
    double seconds,
    long bytes,
    long writes,
    ByteSeries series,
    TrafficEnd end,
    Shortfall shortfall,
    long worstLateNanos,
    double cpuSeconds,
    List<TcpSample> tcp,
    List<String> notes) {
  public SentTraffic {
    tcp = List.copyOf(tcp);
    notes = List.copyOf(notes);
  }

  /** Bytes taken by the kernel, over the step's asked duration. */
  public double bytesPerSecond() {
    return bytes / step.seconds();
  }
}
