package besser.trace.format;

/**
 * One conversion of C's printf.
 *
 * @param flags those of {@code -0#+} and blank that are set
 * @param width minimum width, 0 for none, {@link #FROM_ARGUMENT} for {@code *}
 * @param precision -1 for none, {@link #FROM_ARGUMENT} for {@code .*}
 * @param longs 2 for {@code ll}, 1 for {@code l}, -1 for {@code h}, -2 for {@code hh}
 * @param letter the conversion
 */
record Conversion(String flags, int width, int precision, int longs, char letter) {
  static final int FROM_ARGUMENT = -2;

  private static final int WIDTH_LIMIT = 4096;

  boolean takesArgument() {
    return width == FROM_ARGUMENT || precision == FROM_ARGUMENT;
  }

  /** Appends a number; {@code star} is the value of the argument behind {@code *}. */
  void appendNumber(StringBuilder out, long value, int star) {
    switch (letter) {
      case 'c' -> pad(out, String.valueOf((char) (value & 0xff)), star);
      case 'd', 'i' -> appendSigned(out, narrowed(value), star);
      case 'u' -> appendDigits(out, "", Long.toUnsignedString(unsigned(value)), star);
      case 'o' -> {
        String digits = Long.toOctalString(unsigned(value));
        boolean alternate = has('#') && !digits.startsWith("0");
        appendDigits(out, "", alternate ? "0" + digits : digits, star);
      }
      case 'x', 'X' -> {
        long bits = unsigned(value);
        String digits = Long.toHexString(bits);
        String prefix = has('#') && bits != 0 ? "0x" : "";
        boolean upper = letter == 'X';
        appendDigits(
            out,
            upper ? prefix.replace('x', 'X') : prefix,
            upper ? digits.toUpperCase(java.util.Locale.ROOT) : digits,
            star);
      }
      default -> throw new IllegalStateException("conversion " + letter + " is not a number");
    }
  }

  /** Appends a text, cut to the precision. */
  void appendText(StringBuilder out, String text, int star) {
    int limit = precision == FROM_ARGUMENT ? star : precision;
    pad(out, limit >= 0 && limit < text.length() ? text.substring(0, limit) : text, star);
  }

  private boolean has(char flag) {
    return flags.indexOf(flag) >= 0;
  }

  private long narrowed(long value) {
    return switch (longs) {
      case -2 -> (byte) value;
      case -1 -> (short) value;
      case 0 -> (int) value;
      default -> value;
    };
  }

  private long unsigned(long value) {
    return switch (longs) {
      case -2 -> value & 0xffL;
      case -1 -> value & 0xffffL;
      case 0 -> value & 0xffff_ffffL;
      default -> value;
    };
  }

  private void appendSigned(StringBuilder out, long value, int star) {
    String sign = value < 0 ? "-" : has('+') ? "+" : has(' ') ? " " : "";
    String digits = Long.toString(value);
    appendDigits(out, sign, value < 0 ? digits.substring(1) : digits, star);
  }

  private void appendDigits(StringBuilder out, String prefix, String digits, int star) {
    int least = Math.min(precision == FROM_ARGUMENT ? star : precision, WIDTH_LIMIT);
    String padded = "0".repeat(Math.max(0, least - digits.length())) + digits;
    int whole = effectiveWidth(star);
    if (has('0') && !has('-') && least < 0) {
      padded = "0".repeat(Math.max(0, whole - prefix.length() - padded.length())) + padded;
    }
    pad(out, prefix + padded, star);
  }

  private int effectiveWidth(int star) {
    return Math.min(Math.abs(width == FROM_ARGUMENT ? star : width), WIDTH_LIMIT);
  }

  private void pad(StringBuilder out, String text, int star) {
    String blanks = " ".repeat(Math.max(0, effectiveWidth(star) - text.length()));
    boolean left = has('-') || (width == FROM_ARGUMENT && star < 0);
    if (left) {
      out.append(text).append(blanks);
    } else {
      out.append(blanks).append(text);
    }
  }
}
