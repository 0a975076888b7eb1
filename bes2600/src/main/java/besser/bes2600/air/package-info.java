/**
 * The radio channel between an access point and one station: 802.11n timing at 2.4 GHz and 20 MHz,
 * channel access with contention, aggregates under block acknowledgement, losses, and the access
 * point with its queue.
 *
 * <p>Knows nothing of the card's firmware or of IP. Start reading at {@link
 * besser.bes2600.air.Medium}; the arithmetic of frame durations is in {@link
 * besser.bes2600.air.Phy}.
 */
@NullMarked
package besser.bes2600.air;

import org.jspecify.annotations.NullMarked;
