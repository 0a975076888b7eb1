package besser.check.campaign;

import besser.check.Finding;
import besser.check.replay.FindingFile;
import java.util.List;

/**
 * A finding that its file shows again.
 *
 * @param finding as the file's run shows it
 * @param file what replays it
 * @param programs that had it
 * @param runs how many of their runs had it
 * @param stepsBefore in how many steps the run that found it had interfered
 */
public record Confirmed(
    Finding finding, FindingFile file, List<String> programs, long runs, int stepsBefore) {
  public Confirmed {
    programs = List.copyOf(programs);
  }

  /** A name for its file: kind, program and a number that depends on the finding alone. */
  public String fileName() {
    String program = file.program().replaceAll("[^A-Za-z0-9]+", "-");
    return "%s-%s-%08x.json".formatted(finding.kind().id(), program, finding.id().hashCode());
  }
}
