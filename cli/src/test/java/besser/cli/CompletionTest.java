package besser.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bash proposes once it has read the output of {@code besser generate-completion}. */
class CompletionTest {
  /** Completes the words behind it as a shell would that has the cursor at the end of the last. */
  private static final String COMPLETE =
      "source \"$1\"; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMPREPLY=();"
          + " compopt() { :; }; _complete_besser; printf '%s\\n' \"${COMPREPLY[@]}\"";

  @TempDir Path directory;
  private Path script = Path.of("");

  @BeforeEach
  void generate() throws IOException {
    StringWriter out = new StringWriter();
    int status = Main.commandLine().setOut(new PrintWriter(out)).execute("generate-completion");
    assertEquals(ExitStatus.DONE, status);
    script = Files.writeString(directory.resolve("completion"), out.toString());
  }

  private Set<String> proposed(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", "-c", COMPLETE, "bash"));
    command.add(script.toString());
    command.addAll(List.of(words));
    Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), printed);
    return new TreeSet<>(printed.lines().filter(line -> !line.isBlank()).toList());
  }

  @Test
  void proposesEveryCommand() throws Exception {
    Set<String> commands = new TreeSet<>(Main.commandLine().getSubcommands().keySet());
    Set<String> proposed = proposed("besser", "");
    proposed.removeIf(word -> word.startsWith("-"));
    assertEquals(commands, proposed);
    assertEquals(Set.of("diff"), proposed("besser", "di"));
  }

  @Test
  void proposesTheOptionsOfTheCommandsForCaptures() throws Exception {
    assertEquals(Set.of("--zstd"), proposed("besser", "capture", "--z"));
    assertEquals(Set.of("--buffer"), proposed("besser", "metrics", "--b"));
    assertEquals(Set.of("--flame"), proposed("besser", "diff", "--f"));
    assertTrue(
        proposed("besser", "capture", "--").containsAll(Set.of("--events", "--perf", "--table")));
  }

  @Test
  void proposesWhatAnOptionTakes() throws Exception {
    assertEquals(
        Set.of("EVENTS", "FUNCTIONS", "WORK", "LOCKS"),
        proposed("besser", "metrics", "--table", ""));
    assertEquals(Set.of("ALL", "NON_IDLE"), proposed("besser", "diff", "--of", ""));
    assertTrue(proposed("besser", "run", "--arms", "").contains("direct"));
  }
}
