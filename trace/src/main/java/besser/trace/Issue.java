package besser.trace;

/**
 * What can be wrong with a single record, section or page without ending the reading. Every such
 * occurrence is counted in {@link IssueCounts}; none is silent.
 */
public enum Issue {
  /** An event whose type has no format in the capture; it has a time, but no fields. */
  UNKNOWN_EVENT("event type without a format"),
  /** A format file that could not be understood; its events count as {@link #UNKNOWN_EVENT}. */
  DAMAGED_FORMAT("format file that cannot be parsed"),
  /** A print format that is beyond this library; such events are shown by their raw fields. */
  PRINT_FORMAT_UNSUPPORTED("print format that cannot be rendered"),
  /** An event shorter than its format's fields; the missing fields read as zero. */
  SHORT_EVENT("event shorter than its format"),
  /** A dynamic field whose location lies outside its event; it reads as empty. */
  DYNAMIC_FIELD_OUT_OF_BOUNDS("dynamic field outside its event"),
  /** A ring-buffer page whose records do not fit it; the rest of that page is skipped. */
  DAMAGED_PAGE("ring-buffer page with a record that does not fit"),
  /** A last page or chunk cut short by the end of the file; what is whole was read. */
  TRUNCATED_DATA("data cut short by the end of the file"),
  /** Events of one CPU whose time goes backwards; they are delivered as recorded. */
  TIME_BACKWARDS("time going backwards within one CPU"),
  /** A compressed chunk that does not expand as it declares; its events are missing. */
  DAMAGED_CHUNK("compressed chunk that does not expand as declared"),
  /** An option, section or record type this library does not know; it was skipped. */
  UNKNOWN_SECTION("section, option or record type that is not known"),
  /** A line of a text table (kallsyms, saved command lines) or of a text trace not understood. */
  UNPARSED_LINE("line that cannot be parsed"),
  /** A known option or section whose content contradicts itself; it was skipped. */
  DAMAGED_SECTION("section or option whose content contradicts itself"),
  /** A record (of perf.data) whose length or fields contradict its type; it was skipped. */
  DAMAGED_RECORD("record that contradicts its type");

  private final String description;

  Issue(String description) {
    this.description = description;
  }

  /** A noun phrase in lower case, fit to follow a count. */
  public String description() {
    return description;
  }
}
