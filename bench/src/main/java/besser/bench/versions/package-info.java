/**
 * Two versions of the simulator in one JVM, taking turns at each virtual second. Start at {@link
 * besser.bench.versions.VersionComparison}.
 */
@NullMarked
package besser.bench.versions;

import org.jspecify.annotations.NullMarked;
