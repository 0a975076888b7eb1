/**
 * The BES2600's firmware as its driver meets it over SDIO: registers, aggregated transfers in real
 * bytes, sequence numbers and toggles, credits and confirms, and a processor that needs time for
 * each frame and command.
 *
 * <p>The firmware is known only through what the driver assumes of it; what it costs is a
 * parameter. Knows nothing of the driver. Start reading at {@link besser.bes2600.card.Firmware}.
 */
@NullMarked
package besser.bes2600.card;

import org.jspecify.annotations.NullMarked;
