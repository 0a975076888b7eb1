package besser.cli;

import besser.experiment.json.Json;
import besser.experiment.plan.Plan;
import besser.rig.run.WatchPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code besser watch}: a running step, live. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what a run is doing now, once a second: repetition, step and time left, goodput at",
      "the receiver, the plan's event rates, the functions with most CPU samples. Ends with the",
      "run. It may be started and stopped at any time, from any terminal of this machine.",
      "",
      "A run counts for this only while it is watched. On a real device the step's notes say that",
      "it was; where this machine is the device, counting takes some of its processor time.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 the run has ended; 3 its process was killed; 130 Ctrl-C.",
      "",
      "Examples:",
      "  besser watch                        the newest run in runs/",
      "  besser watch runs/patch-c-…         another one",
      "  besser watch | tee log              one line a second in a pipe",
      "  besser watch --json | jq .steps     one JSON object a second"
    })
final class WatchCommand implements Callable<Integer> {
  private static final int SILENT_SECONDS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "the run's directory (default: the newest in runs/)")
  private Optional<Path> directory = Optional.empty();

  @Option(names = "--json", description = "print one JSON object a second")
  private boolean json;

  private final Terminal terminal = new Terminal();
  private final CountDownLatch stop = new CountDownLatch(1);
  private int drawn;

  @Override
  public Integer call() {
    Path root = directory.orElseGet(() -> newest(Path.of("runs")));
    Glance first = Glance.at(root);
    Optional<Plan> plan = first.plan();
    if (first.end().isPresent()) {
      show(first, plan);
      return ExitStatus.DONE;
    }
    WatchPoint watchPoint = new WatchPoint(root);
    try (Interruption signal = new Interruption(PATIENCE, stop::countDown, this::orderly)) {
      Objects.requireNonNull(signal);
      if (redraws()) terminal.drawResult(Terminal.HIDE_CURSOR);
      return follow(root, watchPoint, plan);
    } finally {
      watchPoint.leave();
      orderly(true);
    }
  }

  /** Leaves the terminal as it was found. */
  private void orderly(boolean ignored) {
    if (redraws()) terminal.drawResult(Terminal.SHOW_CURSOR);
  }

  private int follow(Path root, WatchPoint watchPoint, Optional<Plan> plan) {
    int silent = 0;
    while (true) {
      watchPoint.watch();
      if (stopped()) return ExitStatus.INTERRUPTED;
      Glance now = Glance.at(root);
      show(now, plan);
      if (now.end().isPresent()) return ExitStatus.DONE;
      silent = now.steps().isEmpty() ? silent + 1 : 0;
      if (silent >= SILENT_SECONDS && now.isAbandoned()) {
        terminal.say(
            "no process drives this run any more; go on with: besser run --resume " + root);
        return ExitStatus.DEVICE_UNABLE;
      }
    }
  }

  private boolean stopped() {
    try {
      return stop.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private boolean redraws() {
    return !json && terminal.canRedrawResult();
  }

  private void show(Glance glance, Optional<Plan> plan) {
    if (json) {
      terminal.print(Json.line(glance.line(Instant.now().toString())));
    } else if (redraws()) {
      List<String> lines =
          GlanceText.screen(glance, plan, terminal.outStyle(), terminal.width() - 1);
      terminal.drawResult(Terminal.redrawn(drawn, lines));
      drawn = lines.size();
    } else {
      terminal.print(
          glance.end().isPresent()
              ? GlanceText.screen(glance, plan, terminal.outStyle(), terminal.width())
              : GlanceText.plain(glance));
    }
  }

  /** The run that was changed last. */
  static Path newest(Path runs) {
    if (!Files.isDirectory(runs)) {
      throw new BadInput("no runs are here; name the directory: besser watch DIR");
    }
    try (Stream<Path> all = Files.list(runs)) {
      return all.filter(Files::isDirectory)
          .max(Comparator.comparing(WatchCommand::changed))
          .orElseThrow(
              () -> new BadInput(runs + " is empty; name the directory: besser watch DIR"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + runs, e);
    }
  }

  private static Instant changed(Path run) {
    Path journal = run.resolve("journal.jsonl");
    try {
      return Files.getLastModifiedTime(Files.exists(journal) ? journal : run).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }
}
