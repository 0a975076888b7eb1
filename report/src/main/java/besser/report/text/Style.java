package besser.report.text;

/** How words are set off: by colour on a terminal, not at all in a pipe. */
public enum Style {
  /** SGR colours. */
  COLOUR,
  /** Text alone; every meaning is also in the words. */
  PLAIN;

  /** Good news. */
  public String good(String text) {
    return sgr("32", text);
  }

  /** Bad news. */
  public String bad(String text) {
    return sgr("31", text);
  }

  /** Neither. */
  public String open(String text) {
    return sgr("33", text);
  }

  /** A heading. */
  public String strong(String text) {
    return sgr("1", text);
  }

  /** What can be skipped. */
  public String faint(String text) {
    return sgr("2", text);
  }

  private String sgr(String code, String text) {
    return switch (this) {
      case COLOUR -> "\u001b[" + code + "m" + text + "\u001b[0m";
      case PLAIN -> text;
    };
  }
}
