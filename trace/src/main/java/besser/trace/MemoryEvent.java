package besser.trace;

import java.util.Arrays;

/**
 * An event whose values are held in memory: what a simulated kernel fills and hands to a sink, over
 * and over. Not thread-safe.
 *
 * <pre>{@code
 * event.begin(format, timeNanos, cpu, pid, comm);
 * event.set(format.field("function"), address);
 * sink.event(event);
 * }</pre>
 */
public final class MemoryEvent implements Event {
  private EventFormat format;
  private long timeNanos;
  private int cpu;
  private int pid;
  private String comm = TaskNames.UNKNOWN;
  private long[] numbers = new long[16];
  private String[] texts = new String[16];
  private long[][] arrays = new long[16][];

  private static final long[] NO_ELEMENTS = {};

  /** An event that starts with {@code format}; call {@link #begin} before handing it out. */
  public MemoryEvent(EventFormat format) {
    this.format = format;
    Arrays.fill(texts, "");
    Arrays.fill(arrays, NO_ELEMENTS);
  }

  /** Starts the next event: sets what all events have, and every field to zero or empty. */
  public void begin(EventFormat nextFormat, long atNanos, int onCpu, int ofPid, String ofComm) {
    if (onCpu < 0) {
      throw new IllegalArgumentException("cpu must be >= 0, got " + onCpu);
    }
    format = nextFormat;
    timeNanos = atNanos;
    cpu = onCpu;
    pid = ofPid;
    comm = ofComm;
    int count = nextFormat.allFields().size();
    if (count > numbers.length) {
      numbers = new long[count];
      texts = new String[count];
      arrays = new long[count][];
    }
    Arrays.fill(numbers, 0, count, 0);
    Arrays.fill(texts, 0, count, "");
    Arrays.fill(arrays, 0, count, NO_ELEMENTS);
    for (Field field : nextFormat.commonFields()) {
      if (field.name().equals("common_pid")) {
        numbers[field.index()] = ofPid;
      } else if (field.name().equals("common_type")) {
        numbers[field.index()] = nextFormat.id();
      }
    }
  }

  /** Sets a number. */
  public void set(Field field, long value) {
    numbers[field.index()] = value;
  }

  /** Sets a text. */
  public void set(Field field, String text) {
    texts[field.index()] = text;
  }

  /** Sets the elements of an array; the array is not copied. */
  public void set(Field field, long[] elements) {
    arrays[field.index()] = elements;
  }

  @Override
  public EventFormat format() {
    return format;
  }

  @Override
  public long timeNanos() {
    return timeNanos;
  }

  @Override
  public int cpu() {
    return cpu;
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  public String comm() {
    return comm;
  }

  @Override
  public long number(Field field) {
    return numbers[field.index()];
  }

  @Override
  public String text(Field field) {
    return texts[field.index()];
  }

  @Override
  public int length(Field field) {
    if (field.kind() == Field.Kind.NUMBER) {
      return 1;
    }
    return field.kind().isText() ? texts[field.index()].length() : arrays[field.index()].length;
  }

  @Override
  public long element(Field field, int index) {
    if (field.kind() == Field.Kind.NUMBER) {
      return numbers[field.index()];
    }
    return field.kind().isText()
        ? texts[field.index()].charAt(index)
        : arrays[field.index()][index];
  }

  @Override
  public int sizeBytes() {
    return 0;
  }
}
