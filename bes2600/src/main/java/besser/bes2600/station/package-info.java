/**
 * One simulated device with everything around it: machine, host stack, driver, card, air, access
 * point, traffic, background load and planned faults, wired together from one set of parameters.
 *
 * <p>Start reading at {@link besser.bes2600.station.SimulatedStation}.
 */
@NullMarked
package besser.bes2600.station;

import org.jspecify.annotations.NullMarked;
