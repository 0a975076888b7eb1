/**
 * The BES2600 driver under check: small machines with the driver, a card that does what its
 * scenario says, and traffic; and the checkers that know what such a driver owes its card and its
 * stack.
 *
 * <p>Start reading at {@link besser.check.driver.DriverScenario} for what is played, at {@link
 * besser.check.driver.DriverProgram} for how, and at {@link besser.check.driver.Conservation} and
 * {@link besser.check.driver.Link} for what is checked beyond the general rules of the kernel.
 */
@NullMarked
package besser.check.driver;

import org.jspecify.annotations.NullMarked;
