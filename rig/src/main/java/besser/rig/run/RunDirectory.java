package besser.rig.run;

import besser.experiment.gate.LockAudit;
import besser.experiment.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a run keeps everything:
 *
 * <pre>
 * run.json                      what the run is ({@link RunRecord})
 * plan.yaml registration.json   the plan as registered, byte for byte, and its hash
 * journal.jsonl                 what happened, append-only
 * reps/VARIANT-N/record.json    one repetition ({@link RepetitionRecord})
 * reps/VARIANT-N/attempt-K.json what an attempt that was cut off had measured
 * reps/VARIANT-N/STEP.dat       a step's trace, where it was asked to stay
 * reps/VARIANT-N/STEP.folded    CPU samples by call stack, one stack a line
 * reps/VARIANT-N/kernel.log     the kernel's log
 * frame-path-VARIANT.json       one frame's way ({@link FramePath})
 * lock-audit-VARIANT.json       a model's lock graph ({@link LockAudit}), where a risk asks for it
 * noise.json                    noise floors, measured here (A/A) or given ({@link NoiseRecord})
 * verdict.json                  the verdict
 * report.html                   the report
 * MANIFEST.sha256               checksums of all of these, as sha256sum -c reads them
 * .live                         what steps show while somebody watches ({@link WatchPoint})
 * </pre>
 */
public final class RunDirectory {
  private final Path root;

  private RunDirectory(Path root) {
    this.root = root;
  }

  /**
   * Makes the directory of a new run.
   *
   * @throws DamagedRun when something is already there
   */
  public static RunDirectory create(Path root) {
    try {
      Files.createDirectories(root);
      try (Stream<Path> content = Files.list(root)) {
        if (content.findAny().isPresent()) {
          throw new DamagedRun(
              root + ": is not empty; give --out another directory, or --resume this one");
        }
      }
      return new RunDirectory(root);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + root, e);
    }
  }

  /**
   * Opens the directory of an existing run.
   *
   * @throws DamagedRun when it is not one
   */
  public static RunDirectory open(Path root) {
    if (!Files.isRegularFile(root.resolve("run.json"))) {
      throw new DamagedRun(root + ": is not a run directory, it has no run.json");
    }
    return new RunDirectory(root);
  }

  /** The directory itself. */
  public Path root() {
    return root;
  }

  /** Where its running steps are watched. */
  public WatchPoint watchPoint() {
    return new WatchPoint(root);
  }

  /** Whether a process is driving the run now. */
  public boolean isDriven() {
    return Journal.isLocked(root.resolve("journal.jsonl"));
  }

  /** The run's journal, opened for appending and locked. */
  public Journal openJournal() {
    return Journal.open(root.resolve("journal.jsonl"));
  }

  /** What the journal says, without opening it for writing. */
  public List<JournalEntry> journal() {
    Path file = root.resolve("journal.jsonl");
    return Files.exists(file) ? Journal.read(file) : List.of();
  }

  /** Writes what the run is. */
  public void writeRun(RunRecord run) {
    WholeFile.write(root.resolve("run.json"), Json.page(run));
  }

  /** What the run is. */
  public RunRecord run() {
    return read(root.resolve("run.json"), RunRecord.class);
  }

  /** Where the registered plan is. */
  public Path planFile() {
    return root.resolve("plan.yaml");
  }

  /** Where the registration is. */
  public Path registrationFile() {
    return root.resolve("registration.json");
  }

  /** Where the verdict is. */
  public Path verdictFile() {
    return root.resolve("verdict.json");
  }

  /** Writes a file of the run's root, whole. */
  public void write(String name, String content) {
    WholeFile.write(root.resolve(name), content);
  }

  /** The folder of one repetition. */
  public Path repetitionFolder(RepetitionId id) {
    return root.resolve("reps").resolve(id.variant() + "-" + id.number());
  }

  /** Makes the folder of a repetition, for those who write their files into it themselves. */
  public void makeRepetitionFolder(RepetitionId id) {
    try {
      Files.createDirectories(repetitionFolder(id));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + repetitionFolder(id), e);
    }
  }

  /** Writes what an attempt at a repetition had measured when it was cut off. */
  public void writeAttempt(RepetitionRecord record, int attempt) {
    WholeFile.write(
        repetitionFolder(record.id()).resolve("attempt-" + attempt + ".json"), Json.page(record));
  }

  /**
   * Writes a repetition's record; the files it speaks of must have been written before.
   *
   * @return the record's SHA-256
   */
  public String writeRepetition(RepetitionRecord record) {
    String json = Json.page(record);
    WholeFile.write(repetitionFolder(record.id()).resolve("record.json"), json);
    return Digest.sha256(json);
  }

  /** A repetition's record, where it is there. */
  public Optional<RepetitionRecord> repetition(RepetitionId id) {
    Path file = repetitionFolder(id).resolve("record.json");
    return Files.exists(file) ? Optional.of(read(file, RepetitionRecord.class)) : Optional.empty();
  }

  /** All repetitions that are there, in the run's order. */
  public List<RepetitionRecord> repetitions() {
    List<RepetitionRecord> records = new ArrayList<>();
    for (RunRecord.Slot slot : run().order()) {
      repetition(slot.repetition()).ifPresent(records::add);
    }
    return records;
  }

  /** Writes the CPU samples of a step as folded stacks. */
  public void writeFolded(RepetitionId id, String step, String folded) {
    WholeFile.write(repetitionFolder(id).resolve(step + ".folded"), folded);
  }

  /** The folded stacks of a step, one stack and its count a line; empty when there are none. */
  public List<String> folded(RepetitionId id, String step) {
    return lines(repetitionFolder(id).resolve(step + ".folded"));
  }

  /** Writes the kernel log of a repetition. */
  public void writeKernelLog(RepetitionId id, List<String> lines) {
    String text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    WholeFile.write(repetitionFolder(id).resolve("kernel.log"), text);
  }

  /** The kernel log of a repetition. */
  public List<String> kernelLog(RepetitionId id) {
    return lines(repetitionFolder(id).resolve("kernel.log"));
  }

  /** Writes the way of one frame. */
  public void writeFramePath(FramePath path) {
    write("frame-path-" + path.variant() + ".json", Json.page(path));
  }

  /** The way of one frame in a variant, where it was taken. */
  public Optional<FramePath> framePath(String variant) {
    Path file = root.resolve("frame-path-" + variant + ".json");
    return Files.exists(file) ? Optional.of(read(file, FramePath.class)) : Optional.empty();
  }

  /** Writes which locks a variant's model takes while holding which. */
  public void writeLockAudit(LockAudit audit) {
    write("lock-audit-" + audit.variant() + ".json", Json.page(audit));
  }

  /** The lock graph of a variant, where it was taken. */
  public Optional<LockAudit> lockAudit(String variant) {
    Path file = root.resolve("lock-audit-" + variant + ".json");
    return Files.exists(file) ? Optional.of(read(file, LockAudit.class)) : Optional.empty();
  }

  /** Writes noise floors. */
  public void writeNoise(NoiseRecord noise) {
    write("noise.json", Json.page(noise));
  }

  /** The noise floors, where there are any. */
  public Optional<NoiseRecord> noise() {
    Path file = root.resolve("noise.json");
    return Files.exists(file) ? Optional.of(read(file, NoiseRecord.class)) : Optional.empty();
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      return Json.read(Files.readString(file), type);
    } catch (Json.Malformed e) {
      throw new DamagedRun(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
