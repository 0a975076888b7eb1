package besser.cli;

import besser.experiment.gate.Entry;
import besser.experiment.gate.RecordFile;
import besser.experiment.plan.LoadedPlan;
import besser.experiment.plan.PlanReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code besser record}: adds to what is known about a plan; the plan file stays as it is. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    description = {
      "Adds a measured baseline value, a citation, a review, an audit, an explanation or the commit",
      "of the change to the plan's records (PLAN.records.jsonl beside the plan), with who and when.",
      "`besser status` then shows which gates that satisfies."
    },
    footer = {
      "",
      "Examples:",
      "  besser record baseline patch-c bes_sdio_dispatches 1180 1204 1167 --step 4MBps --on ohm",
      "  besser record citation patch-c cite-wsm-handle-rx --source 'wsm.h:1234, commit abc' \\",
      "      --quote 'may sleep; called from process context'",
      "  besser record review patch-c phase5-review --no --text 'risk 2 is not answered'"
    })
final class RecordCommand {
  @Option(
      names = "--by",
      scope = picocli.CommandLine.ScopeType.INHERIT,
      paramLabel = "WHO",
      defaultValue = "${sys:user.name}",
      description = "who found it out (default: ${DEFAULT-VALUE})")
  private String by = "";

  private final Terminal terminal = new Terminal();

  @Command(
      name = "baseline",
      mixinStandardHelpOptions = true,
      description = "A metric of the unpatched driver, one value a repetition, in its unit.")
  int baseline(
      @Parameters(paramLabel = "PLAN") String plan,
      @Parameters(paramLabel = "METRIC") String metric,
      @Parameters(paramLabel = "VALUE", arity = "1..*") List<Double> values,
      @Option(names = "--step", required = true, description = "step of the ramp") String step,
      @Option(names = "--on", required = true, description = "where it was measured") String device,
      @Option(names = "--simulated", description = "the figures are a model's") boolean simulated,
      @Option(names = "--note", defaultValue = "", description = "how") String note) {
    return append(
        plan,
        () ->
            new Entry.BaselineMeasured(
                by, Instant.now(), metric, step, values, device, simulated, note));
  }

  @Command(
      name = "citation",
      mixinStandardHelpOptions = true,
      description = "A contract that the change relies on, cited.")
  int citation(
      @Parameters(paramLabel = "PLAN") String plan,
      @Parameters(paramLabel = "GATE") String gate,
      @Option(names = "--source", required = true, description = "file, place, version")
          String source,
      @Option(names = "--quote", required = true, description = "what it says") String quote,
      @Option(names = "--no", description = "it speaks against the change") boolean no) {
    return append(plan, () -> new Entry.Cited(by, Instant.now(), gate, answer(no), source, quote));
  }

  @Command(
      name = "review",
      mixinStandardHelpOptions = true,
      description = "A second reader's review.")
  int review(
      @Parameters(paramLabel = "PLAN") String plan,
      @Parameters(paramLabel = "GATE") String gate,
      @Option(names = "--text", required = true, description = "what the reviewer says")
          String text,
      @Option(names = "--no", description = "the plan goes back") boolean no) {
    return append(plan, () -> new Entry.Reviewed(by, Instant.now(), gate, answer(no), text));
  }

  @Command(
      name = "audit",
      mixinStandardHelpOptions = true,
      description = "A systematic look at the code.")
  int audit(
      @Parameters(paramLabel = "PLAN") String plan,
      @Parameters(paramLabel = "GATE") String gate,
      @Option(names = "--text", required = true, description = "what was found") String text,
      @Option(names = "--no", description = "the risk is real") boolean no) {
    return append(plan, () -> new Entry.Audited(by, Instant.now(), gate, answer(no), text));
  }

  @Command(
      name = "explanation",
      mixinStandardHelpOptions = true,
      description = "Why something that nobody predicted happened.")
  int explanation(
      @Parameters(paramLabel = "PLAN") String plan,
      @Parameters(paramLabel = "FINDING", description = "such as sched_wakeup@4MBps") String about,
      @Option(names = "--text", required = true, description = "the explanation") String text) {
    return append(plan, () -> new Entry.Explained(by, Instant.now(), about, text));
  }

  @Command(
      name = "implementation",
      mixinStandardHelpOptions = true,
      description = "The change exists.")
  int implementation(
      @Parameters(paramLabel = "PLAN") String plan,
      @Parameters(paramLabel = "COMMIT") String commit) {
    return append(plan, () -> new Entry.Implemented(by, Instant.now(), commit));
  }

  private static Entry.Answer answer(boolean no) {
    return no ? Entry.Answer.NO : Entry.Answer.YES;
  }

  private interface EntrySource {
    Entry make();
  }

  private int append(String name, EntrySource source) {
    Path file = Names.plan(name);
    LoadedPlan loaded = PlanReader.read(file);
    RecordFile records = RecordFile.beside(file);
    try {
      Entry entry = source.make();
      records.append(loaded.plan(), entry);
      terminal.say("recorded in %s: %s".formatted(records.path(), entry.words()));
      return ExitStatus.DONE;
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + records.path(), e);
    }
  }
}
