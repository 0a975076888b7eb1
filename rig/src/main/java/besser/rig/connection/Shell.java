package besser.rig.connection;

/** Pieces of POSIX shell. */
public final class Shell {
  private Shell() {}

  /** A text as one word of the shell. */
  public static String word(String text) {
    if (text.matches("[A-Za-z0-9_./:=@%+,-]+")) return text;
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /**
   * A script that runs a command until the command ends or the script's input does. The command
   * gets SIGTERM then; its input is empty. The input ends too when the process at the other end of
   * it dies, whatever it dies of.
   *
   * @param command a simple command, or a loop whose parts are short
   */
  public static String untilInputEnds(String command) {
    return """
        exec 3<&0
        trap '' HUP INT
        { %s
        } </dev/null 3<&- & p=$!
        { while read -r x <&3; do :; done; kill $p; } 2>/dev/null >/dev/null & w=$!
        wait $p; r=$?
        kill $w 2>/dev/null
        exit $r"""
        .formatted(command);
  }
}
