/**
 * What card, air and wired hosts need of the simulation around them: the time, later, and random
 * numbers. Nothing here runs on the device's CPUs.
 *
 * <p>Knows nothing of drivers, cards or radio. Start reading at {@link
 * besser.bes2600.environment.Environment}.
 */
@NullMarked
package besser.bes2600.environment;

import org.jspecify.annotations.NullMarked;
