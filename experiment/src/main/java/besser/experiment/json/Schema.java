package besser.experiment.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schemas (draft 2020-12) of the files that engineers and other tools read. */
public enum Schema {
  /** Of plan files. */
  PLAN("plan.schema.json"),
  /** Of verdict.json. */
  VERDICT("verdict.schema.json");

  private final String fileName;

  Schema(String fileName) {
    this.fileName = fileName;
  }

  public String fileName() {
    return fileName;
  }

  /** The schema's text. */
  public String text() {
    try (InputStream stream = Schema.class.getResourceAsStream("/besser/experiment/" + fileName)) {
      if (stream == null) {
        throw new IllegalStateException("resource " + fileName + " is missing from the build");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read resource " + fileName, e);
    }
  }
}
