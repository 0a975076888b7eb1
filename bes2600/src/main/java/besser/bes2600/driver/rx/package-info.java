/**
 * The receive topologies: what happens to a message between the SDIO transfer and its dispatch.
 *
 * <p>{@link besser.bes2600.driver.rx.Relay} is the driver as shipped; {@link
 * besser.bes2600.driver.rx.Direct} is Patch C, option A. Laid side by side they are the patch. A
 * topology sees the driver only through {@link besser.bes2600.driver.rx.RxHost}.
 */
@NullMarked
package besser.bes2600.driver.rx;

import org.jspecify.annotations.NullMarked;
