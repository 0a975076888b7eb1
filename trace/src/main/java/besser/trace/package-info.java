/**
 * Events and samples as the kernel's tools record them: reading, writing, nothing else.
 *
 * <p>This package is what readers, writers, simulated devices and metrics share; it knows no file
 * format. Start at {@link besser.trace.EventSource} (where events come from), {@link
 * besser.trace.Event} (the cursor) and {@link besser.trace.SampleSource}. A simulated kernel hands
 * {@link besser.trace.MemoryEvent} to an {@link besser.trace.EventSink}.
 */
@NullMarked
package besser.trace;

import org.jspecify.annotations.NullMarked;
