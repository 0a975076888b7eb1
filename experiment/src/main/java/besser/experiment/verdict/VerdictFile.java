package besser.experiment.verdict;

import besser.experiment.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** verdict.json: the same verdict gives the same bytes. */
public final class VerdictFile {
  private VerdictFile() {}

  /** The file's text. */
  public static String json(Verdict verdict) {
    return Json.page(verdict);
  }

  /**
   * Reads a verdict.
   *
   * @throws Json.Malformed when the text is none, or of another version of the form
   */
  public static Verdict read(String json) {
    return Json.read(json, Verdict.class);
  }

  /** Reads a verdict from its file. */
  public static Verdict read(Path file) throws IOException {
    return read(Files.readString(file));
  }
}
