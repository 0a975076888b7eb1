/**
 * A recording whose form nobody had to name: {@link besser.trace.recording.Recording} tells the
 * forms that are read here apart by their first bytes. Knows the readers, and nothing of figures.
 */
@NullMarked
package besser.trace.recording;

import org.jspecify.annotations.NullMarked;
