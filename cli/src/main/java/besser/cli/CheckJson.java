package besser.cli;

import besser.check.Site;
import besser.check.campaign.CampaignRequest;
import besser.check.campaign.CampaignResult;
import besser.check.campaign.Confirmed;
import besser.check.campaign.ProgramResult;
import besser.check.coverage.Coverage;
import besser.check.replay.Step;
import besser.experiment.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;

/** What a search found, as JSON. */
final class CheckJson {
  private static final String DRIVER = "bes2600";

  private record Searched(
      String program, long schedules, long steps, boolean exhausted, double seconds) {}

  private record Place(String what, String context, List<String> stack) {
    static Place of(Site site) {
      return new Place(site.what(), site.context(), site.stack());
    }
  }

  private record Found(
      String id,
      String kind,
      String message,
      List<Place> sites,
      List<String> notes,
      List<String> programs,
      long runs,
      int load,
      List<String> steps,
      boolean minimal,
      String file) {}

  private record Reached(
      Map<String, SortedSet<String>> functions,
      List<String> functionsNotReached,
      List<String> faults,
      List<String> faultsNotReached) {
    static Reached of(CampaignResult result) {
      Coverage all = new Coverage();
      for (ProgramResult program : result.programs()) all.add(program.exploration().coverage());
      return new Reached(
          all.states(DRIVER),
          all.functionsNotReached(DRIVER),
          all.faultsReached(),
          all.faultsNotReached());
    }
  }

  private record Page(
      String version,
      boolean simulated,
      String strategy,
      long seed,
      String budget,
      boolean interrupted,
      List<Searched> programs,
      Reached coverage,
      List<Found> findings) {}

  private CheckJson() {}

  static String page(
      CampaignResult result, CampaignRequest request, Function<Confirmed, Path> fileOf) {
    return Json.page(
        new Page(
            request.version(),
            true,
            request.strategy().name(),
            request.seed(),
            request.budget().toString(),
            result.stopped(),
            result.programs().stream()
                .map(
                    p ->
                        new Searched(
                            p.program(),
                            p.exploration().schedules(),
                            p.exploration().steps(),
                            p.exploration().exhausted(),
                            p.exploration().elapsed().toMillis() / 1000.0))
                .toList(),
            Reached.of(result),
            result.findings().stream()
                .map(finding -> found(finding, fileOf.apply(finding)))
                .toList()));
  }

  private static Found found(Confirmed confirmed, Path file) {
    return new Found(
        confirmed.finding().id(),
        confirmed.finding().kind().id(),
        confirmed.finding().message(),
        confirmed.finding().sites().stream().map(Place::of).toList(),
        confirmed.finding().notes(),
        confirmed.programs(),
        confirmed.runs(),
        confirmed.file().load(),
        confirmed.file().steps().stream().map(Step::toString).toList(),
        confirmed.file().minimal(),
        file.toString());
  }
}
