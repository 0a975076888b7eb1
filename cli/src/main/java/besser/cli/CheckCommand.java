package besser.cli;

import besser.bes2600.driver.Variant;
import besser.check.Program;
import besser.check.campaign.Campaign;
import besser.check.campaign.CampaignRequest;
import besser.check.campaign.CampaignResult;
import besser.check.campaign.Confirmed;
import besser.check.campaign.Sarif;
import besser.check.driver.CrossExamination;
import besser.check.driver.DriverProgram;
import besser.check.driver.DriverScenario;
import besser.check.explore.Budget;
import besser.check.standard.Programs;
import besser.check.standard.StandardStrategies;
import besser.check.strategy.Strategy;
import besser.experiment.plan.Protocol;
import besser.rig.run.WholeFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code besser check}: what breaks under other schedules and faults. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Runs code in the simulated kernel under thousands of schedules and faults, and",
      "says what breaks: data races, lock order, contexts, deadlocks, lost wake-ups,",
      "stalls, memory, frames, credits, the link. Each finding is shrunk to the fewest",
      "steps that show it and written to a file that `besser replay` runs again. All",
      "of this is simulated: docs/checking.md says what is checked and what is not.",
      "",
      "With a PLAN both its arms are checked, what only the patched one shows is told",
      "apart, and the plan's risks are answered in its records: see `besser status`.",
      "Ctrl-C ends the search early and keeps what was found so far."
    },
    footer = {
      "",
      "Examples:",
      "  besser check patch-c                        both arms of the plan, for 60 s",
      "  besser check --variant direct --budget 5m   one variant, all scenarios",
      "  besser check --variant relay,direct --scenario both --strategy pct",
      "  besser check --program lost-wakeup          a planted defect, to learn from",
      "  besser check patch-c --lock-graph locks.dot    with the lock graph, drawn",
      "  besser check --list                         programs, scenarios, strategies",
      "",
      "Exit status: 0 the search was done, whatever it found; 1 with --exit-code",
      "when something was found; 130 interrupted."
    })
final class CheckCommand implements Callable<Integer> {
  /** One part in so many of a budget in time is for the baseline to answer the patched arm. */
  private static final int LEAST_EXAMINATION = 20;

  @Parameters(arity = "0..1", paramLabel = "PLAN", description = "a plan, such as patch-c")
  private Optional<String> plan = Optional.empty();

  @Option(
      names = "--variant",
      split = ",",
      paramLabel = "V",
      completionCandidates = VariantsCommand.Candidates.class,
      description = "variants of the driver; `besser variants` lists them")
  private List<String> variants = List.of();

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "S",
      description = "only these scenarios of the driver (default: all)")
  private List<String> scenarios = List.of();

  @Option(
      names = "--program",
      split = ",",
      paramLabel = "P",
      description = "little programs that teach, or VARIANT/SCENARIO")
  private List<String> programs = List.of();

  @Option(
      names = "--budget",
      defaultValue = "60s",
      paramLabel = "TIME|N",
      description =
          "60s, 5m, or a number of schedules, shared by all programs; a time bounds the"
              + " whole, shrinking included (default: ${DEFAULT-VALUE})")
  private String budget = "60s";

  @Option(
      names = "--strategy",
      defaultValue = "mix",
      paramLabel = "NAME",
      description = "how schedules are chosen; --list names them (default: ${DEFAULT-VALUE})")
  private String strategy = "mix";

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "of the search (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "threads (default: one for each cpu); changes the time only")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(names = "--until-found", description = "stop at the first finding")
  private boolean untilFound;

  @Option(names = "--all", description = "print every finding in full, not one of each kind")
  private boolean all;

  @Option(
      names = "--shrink",
      defaultValue = "2000",
      paramLabel = "N",
      description =
          "runs to spend on shrinking each finding, 0 for none" + " (default: ${DEFAULT-VALUE})")
  private int shrinkRuns;

  @Option(
      names = "--shrink-time",
      paramLabel = "TIME",
      description =
          "time to spend on shrinking all of them, part of a --budget in time"
              + " (default: two fifths of it)")
  private Optional<String> shrinkTime = Optional.empty();

  @Option(
      names = "--out",
      defaultValue = "findings",
      paramLabel = "DIR",
      description = "where the files of findings go (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("findings");

  @Option(names = "--json", description = "print JSON instead of text")
  private boolean json;

  @Option(names = "--sarif", paramLabel = "FILE", description = "also write SARIF 2.1.0")
  private Optional<Path> sarif = Optional.empty();

  @Option(
      names = "--lock-graph",
      paramLabel = "FILE.dot",
      description = {
        "also write which locks are taken while holding which, for Graphviz, and print what",
        "the plan changes in that; with one --variant, its whole graph"
      })
  private Optional<Path> lockGraph = Optional.empty();

  @Option(names = "--exit-code", description = "exit with 1 when something was found")
  private boolean exitCode;

  @Option(names = "--no-record", description = "do not answer the plan's risks in its records")
  private boolean noRecord;

  @Option(names = "--list", description = "list programs, scenarios and strategies, and stop")
  private boolean list;

  private final Terminal terminal = new Terminal();

  @Override
  public Integer call() {
    if (list) {
      terminal.print(CheckText.listing());
      return ExitStatus.DONE;
    }
    Optional<PlanToCheck> checked = plan.map(PlanToCheck::named);
    if (lockGraph.isPresent() && checked.isEmpty() && variants.isEmpty()) {
      throw new BadInput("--lock-graph needs a plan, or --variant with one or two of them");
    }
    CampaignRequest request = request(checked.map(PlanToCheck::protocol));
    try (SearchDisplay display = new SearchDisplay(terminal, request.budget())) {
      long began = System.nanoTime();
      CampaignResult searched = Campaign.run(request, display);
      Duration left = request.budget().time().minusNanos(System.nanoTime() - began);
      CampaignResult result =
          checked.map(p -> examined(searched, p.protocol(), request, left)).orElse(searched);
      display.clear();
      write(result.findings());
      print(result, request, checked);
      if (result.stopped()) return ExitStatus.INTERRUPTED;
      lockGraph.ifPresent(file -> drawLocks(file, checked));
      return exitCode && !result.findings().isEmpty() ? ExitStatus.FOUND : ExitStatus.DONE;
    }
  }

  /** What the baseline shows too, given the same faults, is not the patch's. */
  private CampaignResult examined(
      CampaignResult result, Protocol protocol, CampaignRequest request, Duration left) {
    if (result.stopped()) return result;
    Duration least = request.budget().time().dividedBy(LEAST_EXAMINATION);
    return new CrossExamination(
            result,
            Variant.of(protocol.baselineVariant()),
            Variant.of(protocol.patchedVariant()),
            request.seed(),
            left.compareTo(least) > 0 ? left : least)
        .examined();
  }

  private void print(
      CampaignResult result, CampaignRequest request, Optional<PlanToCheck> checked) {
    if (json) {
      terminal.print(CheckJson.page(result, request, this::fileOf).stripTrailing());
    } else {
      CheckText text = new CheckText(result, request, this::fileOf, all);
      terminal.print(checked.map(p -> text.compared(p.protocol())).orElseGet(text::lines));
    }
    checked.ifPresent(p -> record(p, result));
  }

  private void drawLocks(Path file, Optional<PlanToCheck> checked) {
    LockGraphs graphs =
        checked
            .map(p -> LockGraphs.of(p.plan()))
            .orElseGet(() -> LockGraphs.of(variants.getFirst(), variants.getLast()));
    graphs.writeDot(file);
    if (json) return;
    terminal.print("");
    terminal.print(graphs.lines(terminal.width()));
    terminal.say("besser: wrote " + file + "; draw it with: dot -Tsvg -O " + file);
  }

  /** Answers the plan's risks, when the search was one that can. */
  private void record(PlanToCheck checked, CampaignResult result) {
    Optional<String> why = whyNotToRecord(result);
    if (why.isPresent()) {
      terminal.say("besser: the plan's risks are not answered: " + why.get());
      return;
    }
    RiskRecords records = new RiskRecords(checked, result, command(), this::fileOf);
    List<String> lines = records.attach();
    if (!lines.isEmpty() && !json) terminal.print(lines);
  }

  private Optional<String> whyNotToRecord(CampaignResult result) {
    if (noRecord) return Optional.of("--no-record");
    if (result.stopped()) return Optional.of("the search was interrupted");
    if (untilFound) return Optional.of("the search ends at its first finding");
    return scenarios.isEmpty()
        ? Optional.empty()
        : Optional.of("only some scenarios were searched");
  }

  private String command() {
    return "besser check %s --budget %s --strategy %s --seed %d"
        .formatted(plan.orElseThrow(), budget, strategy, seed);
  }

  private CampaignRequest request(Optional<Protocol> protocol) {
    try {
      return new CampaignRequest(
          Version.number(),
          List.copyOf(programs(protocol)),
          strategy(),
          seed,
          Budget.parse(budget),
          workers,
          untilFound,
          shrinkRuns,
          shrinkTime.map(Durations::parse));
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }

  private Strategy strategy() {
    return StandardStrategies.named(strategy)
        .orElseThrow(
            () ->
                new BadInput(
                    "there is no strategy "
                        + strategy
                        + "; besser check --list names them, and faults+ goes before any"));
  }

  private Set<Program> programs(Optional<Protocol> protocol) {
    Set<Program> chosen = new LinkedHashSet<>();
    Set<String> named = new LinkedHashSet<>();
    protocol.ifPresent(p -> named.addAll(List.of(p.baselineVariant(), p.patchedVariant())));
    named.addAll(variants);
    // Scenario by scenario: a budget in time is worth more once the JVM is warm.
    List<List<Program>> each =
        named.stream().map(variant -> scenariosOf(Variant.of(variant))).toList();
    for (int i = 0; !each.isEmpty() && i < each.getFirst().size(); i++) {
      for (List<Program> one : each) chosen.add(one.get(i));
    }
    for (String program : programs) chosen.add(Programs.named(program));
    if (chosen.isEmpty()) {
      throw new BadInput(
          "there is nothing to check; give a plan, --variant or --program, or see --list");
    }
    return chosen;
  }

  private List<Program> scenariosOf(Variant variant) {
    List<Program> found = new ArrayList<>();
    for (DriverProgram program : DriverProgram.of(variant)) {
      if (scenarios.isEmpty() || scenarios.contains(program.scenario().id())) found.add(program);
    }
    for (String scenario : scenarios) {
      if (found.stream().noneMatch(program -> program.name().endsWith("/" + scenario))) {
        throw new BadInput(
            "there is no scenario %s; there are %s"
                .formatted(
                    scenario,
                    Arrays.stream(DriverScenario.values())
                        .map(DriverScenario::id)
                        .collect(Collectors.joining(", "))));
      }
    }
    return found;
  }

  private Path fileOf(Confirmed finding) {
    return out.resolve(finding.fileName());
  }

  private void write(List<Confirmed> findings) {
    for (Confirmed finding : findings) WholeFile.write(fileOf(finding), finding.file().toJson());
    sarif.ifPresent(
        file ->
            WholeFile.write(
                file, Sarif.write(Version.number(), findings, finding -> uri(fileOf(finding)))));
  }

  private static String uri(Path file) {
    return file.toString().replace('\\', '/');
  }
}
