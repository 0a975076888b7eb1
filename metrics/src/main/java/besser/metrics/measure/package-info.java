/**
 * Computes figures while a capture streams by: {@link besser.metrics.measure.Instruments} says what
 * the wanted metrics need, {@link besser.metrics.measure.Measurement} takes the streams of one run
 * and gives the figures of each window.
 *
 * <p>Memory depends on the windows' lengths and on what is in flight (open pairs, distinct
 * functions), never on how many events there were; counting an event allocates nothing. Knows no
 * file, no plan and no statistics over repetitions.
 */
@NullMarked
package besser.metrics.measure;

import org.jspecify.annotations.NullMarked;
