package besser.check.campaign;

import java.util.List;

/**
 * What a campaign brought.
 *
 * @param programs what was searched, in order
 * @param findings each once, in the order found
 * @param stopped whether somebody stopped it before its budget was used up
 */
public record CampaignResult(
    List<ProgramResult> programs, List<Confirmed> findings, boolean stopped) {
  public CampaignResult {
    programs = List.copyOf(programs);
    findings = List.copyOf(findings);
  }

  /** Findings whose steps are not all known to be needed. */
  public long notMinimal() {
    return findings.stream().filter(found -> !found.file().minimal()).count();
  }

  /** Runs in all. */
  public long schedules() {
    return programs.stream().mapToLong(p -> p.exploration().schedules()).sum();
  }
}
