/**
 * Tables over a whole capture, and how two captures differ: events per CPU ({@link
 * besser.metrics.table.EventTable}), functions by CPU time ({@link
 * besser.metrics.table.FunctionTable}), work items ({@link besser.metrics.table.WorkTable}), locks
 * waited for ({@link besser.metrics.table.LockTable}), what grew ({@link
 * besser.metrics.table.Difference}).
 *
 * <p>Each is filled by a sink while the capture streams by; memory depends on how many names there
 * are. Knows no metric definitions and draws nothing.
 */
@NullMarked
package besser.metrics.table;

import org.jspecify.annotations.NullMarked;
