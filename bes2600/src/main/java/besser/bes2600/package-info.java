/** The BES2600 driver, its card and the air around it, on the simulated kernel. */
@NullMarked
package besser.bes2600;

import org.jspecify.annotations.NullMarked;
