package besser.experiment.json;

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
 * A file of JSON lines that is appended to and otherwise never changed. An append is flushed to the
 * disk, under a lock that other processes honour; a last line without its line feed is what a
 * killed writer left, and counts as never written.
 *
 * @param type what a line holds
 */
public record JsonLines<T>(Path file, Class<T> type) {

  /**
   * A line of the file is not what it should be; the message names file, line and what is wrong.
   */
  public static final class Damaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Damaged(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * All lines in their order; none when there is no file.
   *
   * @throws Damaged when a line is not of the type
   */
  public List<T> read() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = Files.readString(file);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    List<T> values = new ArrayList<>();
    int number = 0;
    for (String line : whole.lines().toList()) {
      number++;
      try {
        values.add(Json.read(line, type));
      } catch (Json.Malformed e) {
        throw new Damaged(
            "%s:%d: expected a record, found %s; restore the line or remove it"
                .formatted(file, number, e.getMessage()),
            e);
      }
    }
    return List.copyOf(values);
  }

  /** Adds a line. */
  public void append(T value) throws IOException {
    byte[] line = (Json.line(value) + "\n").getBytes(StandardCharsets.UTF_8);
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
