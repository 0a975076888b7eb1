/**
 * Device profiles: every cost and rate of a simulated device with its value, plausible range, unit
 * and source, read from YAML and mapped to what the simulation takes.
 *
 * <p>Start reading at {@link besser.forecast.profile.Profile} and {@link
 * besser.forecast.profile.ProfileReader}.
 */
@NullMarked
package besser.forecast.profile;

import org.jspecify.annotations.NullMarked;
