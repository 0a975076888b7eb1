/**
 * Lock order and interrupt safety as {@code kernel/locking/lockdep.c} judges them: what could
 * deadlock, not only what did. Locks count by class, so one run in which each path was taken once
 * is enough.
 *
 * <p>Knows observers' events only. Start reading at {@link besser.check.lockdep.LockdepChecker}.
 */
@NullMarked
package besser.check.lockdep;

import org.jspecify.annotations.NullMarked;
