package besser.trace.ring;

import besser.trace.EventCatalogue;
import besser.trace.IssueCounts;
import besser.trace.TaskNames;

/**
 * What a cursor needs to know about the pages it reads.
 *
 * @param name file or device, for messages
 * @param issues where damage is counted
 */
public record RingContext(
    String name,
    PageLayout layout,
    EventCatalogue catalogue,
    TaskNames taskNames,
    TimeConversion time,
    IssueCounts issues) {}
