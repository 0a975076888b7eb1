/**
 * What sends to the device: a wired host behind the access point with a TCP sender (CUBIC or
 * NewReno, SACK, RFC 6298 timers) or a UDP source, each under a rate cap.
 *
 * <p>Knows nothing of radio or of the device; its packets are real bytes. Start reading at {@link
 * besser.bes2600.traffic.TcpSender}.
 */
@NullMarked
package besser.bes2600.traffic;

import org.jspecify.annotations.NullMarked;
