/**
 * The BES2600 SDIO driver, function by function as the C driver behaves.
 *
 * <p>Files are named as the C files they model; methods are C functions in Java spelling. Contexts,
 * locks, plain variables, retry counts, limits, timeouts and error paths are the driver's own,
 * including what looks wrong: finding out where that leads is not this package's business. It sees
 * the kernel, the SDIO function and mac80211 only as interfaces. Start reading at {@link
 * besser.bes2600.driver.Bes2600}, then {@code SdioRx}, {@code Bh} and the topologies in {@link
 * besser.bes2600.driver.rx}.
 */
@NullMarked
package besser.bes2600.driver;

import org.jspecify.annotations.NullMarked;
