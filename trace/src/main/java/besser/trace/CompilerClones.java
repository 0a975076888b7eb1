package besser.trace;

/**
 * Names of functions the compiler split or specialised. GCC and Clang append a suffix to such a
 * copy ({@code rx_work.isra.0}, {@code rx_work.constprop.0}, {@code rx_work.cold}); a profile that
 * is compared over two builds wants the name the programmer wrote.
 */
public final class CompilerClones {
  private static final String[] SUFFIXES = {".isra.", ".constprop.", ".part.", ".cold", ".llvm."};

  private CompilerClones() {}

  /** The symbol without the suffixes of a compiler's copy; unchanged when it has none. */
  public static String originalOf(String symbol) {
    int end = symbol.length();
    for (String suffix : SUFFIXES) {
      int at = symbol.indexOf(suffix, 1);
      if (at > 0 && at < end) {
        end = at;
      }
    }
    return symbol.substring(0, end);
  }
}
