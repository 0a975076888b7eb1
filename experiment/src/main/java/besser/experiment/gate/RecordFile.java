package besser.experiment.gate;

import besser.experiment.json.JsonLines;
import besser.experiment.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The records of a plan, beside the plan file. */
public final class RecordFile {
  private final JsonLines<Entry> lines;

  private RecordFile(Path file) {
    this.lines = new JsonLines<>(file, Entry.class);
  }

  /**
   * The records of the plan in this file: {@code plans/x.records.jsonl} for {@code plans/x.yaml}.
   */
  public static RecordFile beside(Path planFile) {
    String name = String.valueOf(planFile.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    return new RecordFile(planFile.resolveSibling(stem + ".records.jsonl"));
  }

  public Path path() {
    return lines.file();
  }

  /**
   * All records in the order they were made; none when there is no file.
   *
   * @throws JsonLines.Damaged when a line is not a record
   */
  public List<Entry> read() throws IOException {
    return lines.read();
  }

  /**
   * Adds a record.
   *
   * @throws IllegalArgumentException when it names a gate, metric or step that the plan has not
   */
  public void append(Plan plan, Entry entry) throws IOException {
    PlanStatus.requireKnown(plan, entry);
    lines.append(entry);
  }
}
