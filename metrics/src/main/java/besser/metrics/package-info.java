/**
 * What a figure is: where it comes from ({@link besser.metrics.Source}), in which {@link
 * besser.metrics.Unit}, over which {@link besser.metrics.Window}, and how far it can be trusted
 * ({@link besser.metrics.Quality}).
 *
 * <p>This package computes nothing; {@link besser.metrics.measure.Instruments} does. It knows of no
 * file and of no plan. Start at {@link besser.metrics.MetricDefinition} and {@link
 * besser.metrics.Figure}.
 */
@NullMarked
package besser.metrics;

import org.jspecify.annotations.NullMarked;
