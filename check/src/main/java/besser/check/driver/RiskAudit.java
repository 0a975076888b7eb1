package besser.check.driver;

import besser.bes2600.driver.Variant;
import besser.check.campaign.CampaignResult;
import besser.check.campaign.Confirmed;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a campaign over two variants says about a plan's risks: only what the patched variant adds
 * to what the baseline shows as well.
 *
 * @param result of a campaign that searched both
 * @param baseline the variant that stands today
 * @param patched the variant that the plan wants
 */
public record RiskAudit(CampaignResult result, Variant baseline, Variant patched) {
  /** The findings of the patched variant that the baseline does not have. */
  public List<Confirmed> added() {
    return result.findings().stream()
        .filter(found -> isIn(found, patched) && !isIn(found, baseline))
        .toList();
  }

  /** The findings of the baseline: how the driver stands today. */
  public List<Confirmed> today() {
    return result.findings().stream().filter(found -> isIn(found, baseline)).toList();
  }

  /** The added findings that show a risk to be real; none when it was not seen. */
  public List<Confirmed> evidence(RiskCheck check) {
    return added().stream()
        .filter(found -> check.isAbout(found.finding(), scenarios(found)))
        .toList();
  }

  private static boolean isIn(Confirmed found, Variant variant) {
    return found.programs().stream().anyMatch(name -> name.startsWith(variant.id() + "/"));
  }

  private Set<DriverScenario> scenarios(Confirmed found) {
    EnumSet<DriverScenario> scenarios = EnumSet.noneOf(DriverScenario.class);
    for (String program : found.programs()) {
      if (program.startsWith(patched.id() + "/")) {
        scenarios.add(DriverProgram.of(program).scenario());
      }
    }
    return scenarios;
  }
}
