package besser.check.canary;

import besser.check.FindingKind;
import besser.check.Program;
import besser.check.Trial;
import java.util.function.Consumer;

/**
 * A planted defect.
 *
 * @param name of the broken program; its twin's ends in {@code -mended}
 * @param summary what is wrong, in one line
 * @param mending what the twin does instead
 * @param kind what is to be reported
 * @param broken has the defect
 * @param mended is the same without it
 */
public record Canary(
    String name,
    String summary,
    String mending,
    FindingKind kind,
    Consumer<Trial> broken,
    Consumer<Trial> mended) {

  /** The broken program. */
  public Program program() {
    return new Named(name, summary, broken);
  }

  /** Its twin. */
  public Program twin() {
    return new Named(name + "-mended", mending, mended);
  }

  private record Named(String name, String summary, Consumer<Trial> body) implements Program {
    @Override
    public void run(Trial trial) {
      body.accept(trial);
    }
  }
}
