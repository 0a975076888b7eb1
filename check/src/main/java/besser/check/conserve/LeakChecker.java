package besser.check.conserve;

import besser.check.Checker;
import besser.check.Finding;
import besser.check.FindingKind;
import besser.check.RunEnd;
import besser.check.Site;
import besser.kernel.Allocation;
import besser.kernel.Gfp;
import besser.kernel.observe.CallNode;
import besser.kernel.observe.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Memory that is still allocated at the end of a run. Only for programs that tear down all they set
 * up, so not among the standard checkers: add it with {@link besser.check.Trial#watch}.
 */
public final class LeakChecker implements Checker {
  private final Map<Allocation, Origin> live = new LinkedHashMap<>();
  private final Map<String, Finding> findings = new LinkedHashMap<>();

  private record Origin(String context, CallNode stack) {}

  @Override
  public String checkerName() {
    return "leaks";
  }

  @Override
  public List<Finding> findings() {
    return List.copyOf(findings.values());
  }

  @Override
  public void allocated(Allocation allocation, Gfp gfp, Context by) {
    live.put(allocation, new Origin(by.name(), by.stack()));
  }

  @Override
  public void freed(Allocation allocation, boolean again, Context by) {
    live.remove(allocation);
  }

  @Override
  public void ended(RunEnd end) {
    if (!end.isWhole()) return;
    live.forEach(
        (allocation, origin) -> {
          Site site = Site.of("allocated it", origin.context(), origin.stack());
          Finding finding =
              new Finding(
                  FindingKind.LEAK,
                  "%s of %d bytes is never freed".formatted(allocation.site(), allocation.bytes()),
                  List.of(site),
                  List.of(),
                  allocation.site() + " from " + site.function());
          findings.putIfAbsent(finding.id(), finding);
        });
  }
}
