/** The commands: wires everything, decides nothing. */
@NullMarked
package besser.cli;

import org.jspecify.annotations.NullMarked;
