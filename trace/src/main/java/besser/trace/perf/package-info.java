/**
 * Reads perf.data: what {@code perf record} leaves, as a file or through a pipe.
 *
 * <p>Start at {@link besser.trace.perf.PerfData}. A pass over the data goes {@code RecordStream}
 * (bytes to records, decompressed), {@code RecordQueue} (records to time order), {@code PerfPass}
 * (records to tasks, mappings and samples) and {@code Symbolizer} (addresses to frames). The format
 * is defined by the kernel's {@code include/uapi/linux/perf_event.h} and {@code
 * tools/perf/Documentation/perf.data-file-format.txt}. Nothing here knows what a sample is used
 * for.
 */
@NullMarked
package besser.trace.perf;

import org.jspecify.annotations.NullMarked;
