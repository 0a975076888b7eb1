package besser.bes2600.card;

import besser.kernel.random.Distribution;

/**
 * What the firmware has and what it takes.
 *
 * @param inputBuffers messages from the host that it holds at a time: the TX credits, 2 to 255
 * @param receiveBuffers frames from the air that it holds until the host has read them, 1 to 1024
 * @param transferBytes longest transfer to the host, 1632 to 32256
 * @param rxFrameNanos processor time for one received frame
 * @param txFrameNanos processor time for one frame to send
 * @param commandNanos processor time for one command
 * @param announceNanos from a message being ready to the length register showing it
 * @param confirmFrames confirms collected at most into one multi confirm, 1 to 80
 * @param confirmDelayNanos how long a confirm waits for others at most, at least 0
 * @param subsystemNanos time to wake up or put down a subsystem
 * @param startupNanos from waking the Wi-Fi subsystem to the startup indication
 * @param scanNanos duration of a scan
 * @param dtimBeaconsOnly whether only DTIM beacons are handed to the host, not all
 * @param signalDbm strength at which the access point is received, -110 to 0
 */
public record FirmwareParameters(
    int inputBuffers,
    int receiveBuffers,
    int transferBytes,
    Distribution rxFrameNanos,
    Distribution txFrameNanos,
    Distribution commandNanos,
    Distribution announceNanos,
    int confirmFrames,
    long confirmDelayNanos,
    long subsystemNanos,
    long startupNanos,
    long scanNanos,
    boolean dtimBeaconsOnly,
    int signalDbm) {
  public FirmwareParameters {
    require("input buffers", inputBuffers, 2, 255);
    require("receive buffers", receiveBuffers, 1, 1024);
    require("transfer bytes", transferBytes, 1632, 32256);
    require("frames of a confirm", confirmFrames, 1, 80);
    require("signal", signalDbm, -110, 0);
    if (confirmDelayNanos < 0 || subsystemNanos < 0 || startupNanos < 0 || scanNanos < 0) {
      throw new IllegalArgumentException(
          "delays must be >= 0 ns, got confirm %d, subsystem %d, startup %d, scan %d"
              .formatted(confirmDelayNanos, subsystemNanos, startupNanos, scanNanos));
    }
  }

  private static void require(String what, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          what + " must be in " + low + ".." + high + ", got " + value);
    }
  }
}
