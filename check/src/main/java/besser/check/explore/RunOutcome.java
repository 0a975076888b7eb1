package besser.check.explore;

import besser.check.Finding;
import besser.check.RunEnd;
import besser.check.coverage.Coverage;
import besser.kernel.machine.Decisions;
import java.util.List;

/**
 * What one run showed.
 *
 * @param findings what its checkers found, each only once
 * @param end how it ended
 * @param decisions every answer of its schedule
 * @param eventHash of its machine: equal runs have equal hashes
 * @param coverage what it has reached
 */
public record RunOutcome(
    List<Finding> findings, RunEnd end, Decisions decisions, long eventHash, Coverage coverage) {
  public RunOutcome {
    findings = List.copyOf(findings);
  }

  /** Whether it found what has this id. */
  public boolean hasFound(String findingId) {
    return findings.stream().anyMatch(finding -> finding.id().equals(findingId));
  }
}
