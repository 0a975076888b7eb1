/**
 * The kernel's {@code format} files: fields and print formats, and the rendering of an event as
 * text the way trace-cmd does. Knows no container format. Start at {@link
 * besser.trace.format.FormatFile} and {@link besser.trace.format.EventText}.
 */
@NullMarked
package besser.trace.format;

import org.jspecify.annotations.NullMarked;
