package besser.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which besser this is. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "besser " + number(), "Java " + Runtime.version() + " on " + System.getProperty("os.arch")
    };
  }

  /** The version of the archive this class came from, {@code development} outside one. */
  static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
