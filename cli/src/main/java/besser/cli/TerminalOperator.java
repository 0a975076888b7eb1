package besser.cli;

import besser.rig.real.Operator;
import java.io.Console;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The person at this terminal. Commands are run when {@code --allow} was given, when they come from
 * a plan that ships with besser and concern this machine, or when the person says yes.
 */
final class TerminalOperator implements Operator {
  private final Terminal terminal;
  private final boolean allowAll;

  TerminalOperator(Terminal terminal, boolean allowAll) {
    this.terminal = terminal;
    this.allowAll = allowAll;
  }

  @Override
  public boolean allows(String where, List<String> commands) {
    if (allowAll) return true;
    terminal.say("the plan wants to run these commands " + where + ":");
    commands.forEach(command -> terminal.say("  " + command));
    Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (console.isEmpty()) {
      terminal.say("nobody can be asked here; --allow allows them");
      return false;
    }
    String answer = console.get().readLine("allow them? [y/N] ");
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  @Override
  public void toDo(String what) {
    terminal.say("");
    terminal.say("to do: " + what);
  }

  @Override
  public void note(String line) {
    terminal.say(line);
  }
}
