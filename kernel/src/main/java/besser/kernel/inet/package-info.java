/**
 * Internet protocols in real bytes, and the receiving side of them: header codecs that both ends of
 * the link share, a TCP and a UDP receiver, and the task that reads their sockets.
 *
 * <p>Knows nothing of Wi-Fi. Checksums are neither computed nor verified: the interface is taken to
 * verify in hardware ({@code CHECKSUM_UNNECESSARY}), so their fields are zero. Start reading at
 * {@link besser.kernel.inet.TcpHeader}.
 */
@NullMarked
package besser.kernel.inet;

import org.jspecify.annotations.NullMarked;
