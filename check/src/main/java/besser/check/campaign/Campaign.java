package besser.check.campaign;

import besser.check.Program;
import besser.check.explore.Budget;
import besser.check.explore.Exploration;
import besser.check.explore.Explorer;
import besser.check.explore.Found;
import besser.check.explore.Runner;
import besser.check.explore.SearchProgress;
import besser.check.explore.SearchRequest;
import besser.check.replay.FindingFile;
import besser.check.standard.Programs;
import besser.check.standard.StandardCheckers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Searches programs one after the other, and shrinks each finding in the program that had it first.
 * The same request gives the same result, times apart, as long as its budget is no time.
 */
public final class Campaign {
  private static final int SCHEDULES_AT_A_SMALLER_LOAD = 40;

  /** Findings that are shrunk before they tell each other what they saw; constant, see above. */
  private static final int GROUP = 8;

  /** One part in so many of a budget in time is for seeing again what could not be shrunk. */
  private static final int RESERVE = 8;

  private final long beganNanos = System.nanoTime();
  private final CampaignRequest request;
  private final CampaignProgress progress;

  private Campaign(CampaignRequest request, CampaignProgress progress) {
    this.request = request;
    this.progress = progress;
  }

  /** Runs it. */
  public static CampaignResult run(CampaignRequest request, CampaignProgress progress) {
    return new Campaign(request, progress).run();
  }

  /** How a program is run with the standard checkers, at its own load. */
  public static Runner runner(Program program, long seed) {
    return new Runner(
        program, seed, program.load(), StandardCheckers::all, Runner.DEFAULT_STEP_LIMIT);
  }

  /**
   * How a finding's run is run again.
   *
   * @throws IllegalArgumentException when the file names a program that does not exist
   */
  public static Runner runner(FindingFile file) {
    return new Runner(
        Programs.named(file.program()),
        file.seed(),
        file.load(),
        StandardCheckers::all,
        file.stepLimit());
  }

  private CampaignResult run() {
    List<ProgramResult> results = new ArrayList<>();
    Map<String, Raised> raised = new LinkedHashMap<>();
    long searchEnd = after(beganNanos, request.searchTime());
    for (Program program : request.programs()) {
      if (progress.stopRequested()) break;
      int left = request.programs().size() - results.size();
      Exploration exploration = search(program, share(searchEnd, left));
      results.add(new ProgramResult(program.name(), exploration));
      for (Found found : exploration.found()) {
        raised
            .computeIfAbsent(
                found.finding().id(), id -> new Raised(runner(program, request.seed()), found))
            .also(program.name(), found.runs());
      }
      if (request.untilFound() && !raised.isEmpty()) break;
    }
    List<Confirmed> confirmed = confirm(List.copyOf(raised.values()));
    return new CampaignResult(results, confirmed, progress.stopRequested());
  }

  private static long after(long nanos, Duration time) {
    // A budget that is no time is one of many years.
    return nanos + time.toNanos();
  }

  /** What one of so many programs may take of the time that is left, and of the schedules. */
  private Budget share(long endNanos, int programs) {
    Duration left = Duration.ofNanos(Math.max(1, endNanos - System.nanoTime()));
    Duration each = request.budget().isTimed() ? left.dividedBy(programs) : request.budget().time();
    return new Budget(each.isZero() ? Duration.ofNanos(1) : each, request.scheduleShare());
  }

  private Exploration search(Program program, Budget budget) {
    SearchRequest search =
        new SearchRequest(
            runner(program, request.seed()),
            request.strategy(),
            request.seed(),
            budget,
            request.workers(),
            request.untilFound());
    return Explorer.search(search, new Searching(program.name()));
  }

  /** Passes on how one program's search gets on; says nothing while loads are lowered. */
  private final class Searching implements SearchProgress {
    private final String program;

    Searching(String program) {
      this.program = program;
    }

    @Override
    public void at(long schedules, int findings) {
      if (!program.isEmpty()) progress.searching(program, schedules, findings);
    }

    @Override
    public boolean stopRequested() {
      return progress.stopRequested();
    }
  }

  private List<Confirmed> confirm(List<Raised> raised) {
    int runs = request.shrinkRuns(raised.size());
    long deadline = shrinkEnd();
    if (runs > 0) lowerLoads(raised, deadline);
    List<Confirmed> confirmed = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(request.workers())) {
      for (int from = 0; from < raised.size(); from += GROUP) {
        List<Raised> group = raised.subList(from, Math.min(raised.size(), from + GROUP));
        confirmed.addAll(confirm(threads, group, raised, runs, deadline));
      }
      return confirmed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while shrinking", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("shrinking failed", e.getCause());
    }
  }

  private long shrinkEnd() {
    long end = Long.MAX_VALUE;
    if (request.budget().isTimed()) {
      Duration whole = request.budget().time();
      end = after(beganNanos, whole.minus(whole.dividedBy(RESERVE)));
    }
    if (request.shrinkTime().isPresent()) {
      end = Math.min(end, after(System.nanoTime(), request.shrinkTime().get()));
    }
    return end;
  }

  /** A group at a time, so that what one brings for others does not depend on threads. */
  private List<Confirmed> confirm(
      ExecutorService threads, List<Raised> group, List<Raised> all, int runs, long deadline)
      throws InterruptedException, ExecutionException {
    int done = all.indexOf(group.getFirst());
    Set<String> others =
        all.subList(done + group.size(), all.size()).stream()
            .map(Raised::id)
            .collect(Collectors.toUnmodifiableSet());
    List<ByCatch> caught = new ArrayList<>();
    List<Callable<Confirmed>> tasks = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      Raised one = group.get(i);
      int number = done + i;
      ByCatch byCatch = new ByCatch(others, progress::stopRequested);
      caught.add(byCatch);
      tasks.add(
          () -> {
            progress.shrinking(one.id(), number + 1, all.size());
            int mine = progress.stopRequested() ? 0 : runs;
            return one.confirm(request, mine, share(deadline, all.size(), number), byCatch);
          });
    }
    List<Confirmed> confirmed = new ArrayList<>();
    for (Future<Confirmed> one : threads.invokeAll(tasks)) confirmed.add(one.get());
    for (ByCatch one : caught) one.offerTo(all);
    return confirmed;
  }

  /** Until when this finding may be shrunk, so that those after it get as much. */
  private long share(long deadline, int findings, int number) {
    if (deadline == Long.MAX_VALUE) return deadline;
    long now = System.nanoTime();
    long left = Math.max(0, deadline - now);
    return now + Math.min(left, left * request.workers() / (findings - number));
  }

  /** One short search at each smaller load serves all findings of a program. */
  private void lowerLoads(List<Raised> raised, long deadline) {
    long end = deadline == Long.MAX_VALUE ? deadline : (System.nanoTime() + deadline) / 2;
    for (Program program : request.programs()) {
      List<Raised> open =
          new ArrayList<>(raised.stream().filter(one -> one.program().equals(program)).toList());
      for (int load = 1; load < program.load() && !open.isEmpty(); load *= 2) {
        Budget budget = Budget.ofSchedules(SCHEDULES_AT_A_SMALLER_LOAD);
        if (end != Long.MAX_VALUE) {
          long left = end - System.nanoTime();
          if (left <= 0) return;
          budget = new Budget(Duration.ofNanos(left), SCHEDULES_AT_A_SMALLER_LOAD);
        }
        lower(open, runner(program, request.seed()).withLoad(load), budget);
      }
    }
  }

  private void lower(List<Raised> open, Runner smaller, Budget budget) {
    SearchRequest search =
        new SearchRequest(
            smaller, request.strategy(), request.seed(), budget, request.workers(), false);
    for (Found found : Explorer.search(search, new Searching("")).found()) {
      open.removeIf(one -> one.lower(smaller, found));
    }
  }
}
