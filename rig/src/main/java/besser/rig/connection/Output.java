package besser.rig.connection;

import besser.rig.device.DeviceUnable;

/**
 * What a script left.
 *
 * @param status its exit status; 0 is success
 * @param out its standard output as ISO 8859-1, so that no byte is lost
 * @param err its standard error, at most the last 8 KiB
 */
public record Output(int status, String out, String err) {

  /** Whether it succeeded. */
  public boolean ok() {
    return status == 0;
  }

  /** The output's lines. */
  public java.util.List<String> lines() {
    return out.lines().toList();
  }

  /**
   * The output of a script that has to succeed.
   *
   * @param what was tried, for the message
   * @throws DeviceUnable when it failed
   */
  public String orUnable(String what) {
    if (ok()) return out;
    String said = err.isBlank() ? "exit status " + status : err.strip().replace('\n', ' ');
    throw new DeviceUnable("%s failed: %s".formatted(what, said));
  }
}
