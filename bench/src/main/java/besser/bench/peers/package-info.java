/**
 * besser beside the C tools that read the same files: whole processes on the same captures, in
 * turn, in one run. Start at {@link besser.bench.peers.SideBySide}.
 */
@NullMarked
package besser.bench.peers;

import org.jspecify.annotations.NullMarked;
