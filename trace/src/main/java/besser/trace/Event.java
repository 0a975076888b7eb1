package besser.trace;

/**
 * The event under a cursor. A flyweight: its content is that of the current event only during the
 * call that hands it out (or until the stream advances), and reading a number allocates nothing. It
 * may stand over mapped file bytes or over values a simulated kernel holds in memory.
 *
 * <p>Fields are passed as the {@link Field} objects of this event's own {@link #format}; look them
 * up once per format, not once per event.
 */
public interface Event {
  /** The event's type. */
  EventFormat format();

  /** When it happened, in nanoseconds of the source's clock. */
  long timeNanos();

  /** The CPU whose buffer holds it, {@code >= 0}. */
  int cpu();

  /** The task that was running ({@code common_pid}); 0 is the idle task. */
  int pid();

  /** The name of the task {@link #pid} as the source knows it. */
  String comm();

  /**
   * The value of a {@link Field.Kind#NUMBER} field, sign- or zero-extended as declared. Of a
   * dynamic field it is the raw location word; of any other field the first element.
   */
  long number(Field field);

  /** The text of a text field up to its first NUL; bytes above 127 are read as ISO 8859-1. */
  String text(Field field);

  /** Whether {@link #text} hands out what is kept as a text, and so allocates nothing. */
  default boolean keepsTexts() {
    return false;
  }

  /** How many elements an array, text or dynamic field holds here; 1 for a number. */
  int length(Field field);

  /**
   * One element of an array, text or dynamic field, sign- or zero-extended as declared.
   *
   * @throws IndexOutOfBoundsException when {@code index} is not from 0 to {@code length - 1}
   */
  long element(Field field, int index);

  /** Bytes the event occupies in its source, header included; 0 when it never was in bytes. */
  int sizeBytes();
}
