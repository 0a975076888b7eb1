package besser.trace.perf;

import besser.trace.Event;
import besser.trace.EventFormat;
import besser.trace.Field;
import besser.trace.Issue;
import besser.trace.IssueCounts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The raw data of a tracepoint's sample as the event it is. */
final class TracepointEvent implements Event {
  private final String file;
  private final IssueCounts issues;
  private Bytes bytes = new Bytes(new byte[0], false);
  private int start;
  private int size;
  private EventFormat format;
  private PerfSample sample;
  private int contentAt;
  private int contentBytes;

  TracepointEvent(String file, IssueCounts issues, EventFormat format, PerfSample sample) {
    this.file = file;
    this.issues = issues;
    this.format = format;
    this.sample = sample;
  }

  void moveTo(PerfSample toSample, EventFormat itsFormat) {
    sample = toSample;
    format = itsFormat;
    bytes = toSample.body().bytes();
    start = toSample.body().rawAt();
    size = toSample.body().rawBytes();
  }

  @Override
  public EventFormat format() {
    return format;
  }

  @Override
  public long timeNanos() {
    return sample.timeNanos();
  }

  @Override
  public int cpu() {
    return Math.max(sample.cpu(), 0);
  }

  @Override
  public int pid() {
    return sample.tid();
  }

  @Override
  public String comm() {
    return sample.comm();
  }

  @Override
  public int sizeBytes() {
    return size;
  }

  @Override
  public long number(Field field) {
    int at = field.offsetBytes();
    boolean plain = field.kind() == Field.Kind.NUMBER || field.kind().isDynamic();
    if (!plain && field.kind() != Field.Kind.BITFIELD) {
      return length(field) > 0 ? element(field, 0) : 0;
    }
    if (!isInside(at, field.sizeBytes())) {
      return 0;
    }
    long whole = bytes.integer(start + at, field.sizeBytes());
    int width = plain ? Byte.SIZE * field.sizeBytes() : field.bitWidth();
    // bit fields fill an integer from its upper end on a big-endian machine
    int unused = Long.SIZE - width;
    boolean fromAbove = !plain && bytes.bigEndian();
    long left = whole << (fromAbove ? Long.SIZE - Byte.SIZE * field.sizeBytes() : unused);
    return field.signed() ? left >> unused : left >>> unused;
  }

  private boolean isInside(int at, int length) {
    boolean inside = length >= 0 && at <= size - length;
    if (!inside) {
      issues.add(Issue.SHORT_EVENT, file + ": " + format.qualifiedName());
    }
    return inside;
  }

  @Override
  public String text(Field field) {
    if (!findContent(field)) {
      return "";
    }
    int from = start + contentAt;
    int end = from;
    while (end < from + contentBytes && bytes.u8(end) != 0) {
      end++;
    }
    byte[] text = Arrays.copyOfRange(bytes.array(), from, end);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  @Override
  public int length(Field field) {
    return findContent(field) ? contentBytes / field.elementBytes() : 0;
  }

  @Override
  public long element(Field field, int index) {
    int count = length(field);
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException(
          "element %d of %s, which has %d".formatted(index, field.name(), count));
    }
    int at = start + contentAt + index * field.elementBytes();
    long value = bytes.integer(at, field.elementBytes());
    int unused = Math.max(0, Long.SIZE - Byte.SIZE * field.elementBytes());
    return field.signed() ? value << unused >> unused : value;
  }

  /** Finds where an array or text lies; false when it is not inside the event. */
  private boolean findContent(Field field) {
    int at = field.offsetBytes();
    if (!field.kind().isDynamic()) {
      contentAt = at;
      contentBytes = field.sizeBytes() == 0 ? size - at : field.sizeBytes();
      return isInside(at, contentBytes);
    }
    if (!isInside(at, field.sizeBytes())) {
      return false;
    }
    long word = bytes.integer(start + at, field.sizeBytes());
    contentAt = (int) (word & 0xffff);
    contentBytes = (int) (word >>> 16 & 0xffff);
    if (field.kind() == Field.Kind.RELATIVE_TEXT || field.kind() == Field.Kind.RELATIVE_ARRAY) {
      contentAt += at + field.sizeBytes();
    }
    if (contentAt + contentBytes > size) {
      issues.add(Issue.DYNAMIC_FIELD_OUT_OF_BOUNDS, file + ": " + format.qualifiedName());
      return false;
    }
    return true;
  }
}
