/**
 * Speed of besser's own parts beside their peers, in one run on one machine. Reports, never judges:
 * tests assert behaviour, this says how fast it is.
 */
@NullMarked
package besser.bench;

import org.jspecify.annotations.NullMarked;
