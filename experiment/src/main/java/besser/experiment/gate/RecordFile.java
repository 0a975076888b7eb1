package besser.experiment.gate;

import besser.experiment.json.Json;
import besser.experiment.plan.Plan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a plan: a file of JSON lines beside the plan file, appended to and otherwise never
 * changed. An append is one write, flushed to the disk, under a lock that other processes honour; a
 * last line without its line feed is what a killed writer left, and counts as never written.
 */
public final class RecordFile {
  private final Path file;

  private RecordFile(Path file) {
    this.file = file;
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
    return file;
  }

  /** A line of the file is not a record; the message names file, line and what is wrong. */
  public static final class Damaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Damaged(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * All records in the order they were made; none when there is no file.
   *
   * @throws Damaged when a line is not a record
   */
  public List<Entry> read() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = Files.readString(file);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    List<Entry> entries = new ArrayList<>();
    int number = 0;
    for (String line : whole.lines().toList()) {
      number++;
      try {
        entries.add(Json.read(line, Entry.class));
      } catch (Json.Malformed e) {
        throw new Damaged(
            "%s:%d: expected a record, found %s; restore the line or remove it"
                .formatted(file, number, e.getMessage()),
            e);
      }
    }
    return List.copyOf(entries);
  }

  /**
   * Adds a record.
   *
   * @throws IllegalArgumentException when it names a gate, metric or step that the plan has not
   */
  public void append(Plan plan, Entry entry) throws IOException {
    PlanStatus.requireKnown(plan, entry);
    byte[] line = (Json.line(entry) + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      channel.position(endOfWholeLines(channel));
      channel.truncate(channel.position());
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      lock.release();
    }
  }

  private static long endOfWholeLines(FileChannel channel) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    for (long position = channel.size(); position > 0; position--) {
      one.clear();
      channel.read(one, position - 1);
      if (one.get(0) == '\n') {
        return position;
      }
    }
    return 0;
  }
}
