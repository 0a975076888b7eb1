package besser.trace.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a text comes from: a file, which can be read again, or a stream, which cannot. */
sealed interface TextOrigin {
  record File(Path path) implements TextOrigin {}

  record Stream(InputStream input) implements TextOrigin {}

  default InputStream open() {
    try {
      return switch (this) {
        case File file -> Files.newInputStream(file.path());
        case Stream stream -> stream.input();
      };
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a text trace", e);
    }
  }

  default void close() {
    try {
      switch (this) {
        case File file -> {
          // each reading closes what it opened
        }
        case Stream stream -> stream.input().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a text trace", e);
    }
  }
}
