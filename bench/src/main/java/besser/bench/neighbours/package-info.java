/**
 * What simulated machines that run side by side in one JVM cost each other. Start at {@link
 * besser.bench.neighbours.NeighbourComparison}.
 */
@NullMarked
package besser.bench.neighbours;

import org.jspecify.annotations.NullMarked;
