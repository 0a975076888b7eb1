/**
 * The bytes that cross the SDIO bus: WSM messages, packet ids, registers and CMD53 arguments.
 *
 * <p>Pure layouts over {@code byte[]} at an offset, little endian, without allocation. Both the
 * driver and the card's firmware use them; nothing here knows either. Offsets count from the first
 * byte of the WSM header. Start reading at {@link besser.bes2600.wire.WsmHeader}.
 */
@NullMarked
package besser.bes2600.wire;

import org.jspecify.annotations.NullMarked;
