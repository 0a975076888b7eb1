/** Measurements of besser beside its peers; never shipped. */
@NullMarked
package besser.bench;

import org.jspecify.annotations.NullMarked;
