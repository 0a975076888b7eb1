/** SDIO as the mmc core offers it to function drivers, and the host controller below it. */
@NullMarked
package besser.kernel.mmc;

import org.jspecify.annotations.NullMarked;
