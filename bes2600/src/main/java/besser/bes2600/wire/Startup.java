package besser.bes2600.wire;

import java.nio.charset.StandardCharsets;

/**
 * Startup indication (0x801): what the firmware offers.
 *
 * @param numInpChBufs input buffers: the TX credits
 * @param sizeInpChBuf bytes of one input buffer
 * @param hardwareId hardware id
 * @param hardwareSubId hardware sub id
 * @param status 0 when the firmware runs
 * @param capabilities capability bits
 * @param firmwareType firmware type, at most 4 for this driver
 * @param firmwareApi interface version
 * @param firmwareBuild build number
 * @param firmwareVersion version number
 * @param label firmware label, at most 127 characters of ASCII
 */
public record Startup(
    int numInpChBufs,
    int sizeInpChBuf,
    int hardwareId,
    int hardwareSubId,
    int status,
    int capabilities,
    int firmwareType,
    int firmwareApi,
    int firmwareBuild,
    int firmwareVersion,
    String label) {
  /** Bytes of the message, WSM header included. */
  public static final int BYTES = 152;

  private static final int LABEL = 24;
  private static final int LABEL_BYTES = 128;

  public Startup {
    requireU16("numInpChBufs", numInpChBufs);
    requireU16("sizeInpChBuf", sizeInpChBuf);
    requireU16("hardwareId", hardwareId);
    requireU16("hardwareSubId", hardwareSubId);
    requireU16("status", status);
    requireU16("capabilities", capabilities);
    requireU16("firmwareType", firmwareType);
    requireU16("firmwareApi", firmwareApi);
    requireU16("firmwareBuild", firmwareBuild);
    requireU16("firmwareVersion", firmwareVersion);
    if (label.length() >= LABEL_BYTES) {
      throw new IllegalArgumentException(
          "label must be shorter than " + LABEL_BYTES + " characters, got " + label.length());
    }
  }

  private static void requireU16(String name, int value) {
    if (value < 0 || value > 0xffff) {
      throw new IllegalArgumentException(name + " must be in 0..65535, got " + value);
    }
  }

  /** A running firmware of the kind the PineTab2 ships, with this many input buffers. */
  public static Startup withBuffers(int numInpChBufs) {
    return new Startup(numInpChBufs, 1632, 0x0001, 0, 0, 0, 0, 1, 1, 1, "bes2600");
  }

  /** Reads the message at {@code at}. */
  public static Startup read(byte[] bytes, int at) {
    int end = at + LABEL;
    while (end < at + LABEL + LABEL_BYTES && bytes[end] != 0) end++;
    String label = new String(bytes, at + LABEL, end - at - LABEL, StandardCharsets.US_ASCII);
    return new Startup(
        LittleEndian.u16(bytes, at + 4),
        LittleEndian.u16(bytes, at + 6),
        LittleEndian.u16(bytes, at + 8),
        LittleEndian.u16(bytes, at + 10),
        LittleEndian.u16(bytes, at + 12),
        LittleEndian.u16(bytes, at + 14),
        LittleEndian.u16(bytes, at + 16),
        LittleEndian.u16(bytes, at + 18),
        LittleEndian.u16(bytes, at + 20),
        LittleEndian.u16(bytes, at + 22),
        label.length() < LABEL_BYTES ? label : label.substring(0, LABEL_BYTES - 1));
  }

  /** Writes the message at {@code at}, sequence number 0. */
  public void put(byte[] bytes, int at) {
    WsmHeader.put(bytes, at, BYTES, MessageId.STARTUP);
    LittleEndian.putU16(bytes, at + 4, numInpChBufs);
    LittleEndian.putU16(bytes, at + 6, sizeInpChBuf);
    LittleEndian.putU16(bytes, at + 8, hardwareId);
    LittleEndian.putU16(bytes, at + 10, hardwareSubId);
    LittleEndian.putU16(bytes, at + 12, status);
    LittleEndian.putU16(bytes, at + 14, capabilities);
    LittleEndian.putU16(bytes, at + 16, firmwareType);
    LittleEndian.putU16(bytes, at + 18, firmwareApi);
    LittleEndian.putU16(bytes, at + 20, firmwareBuild);
    LittleEndian.putU16(bytes, at + 22, firmwareVersion);
    byte[] text = label.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < LABEL_BYTES; i++) {
      bytes[at + LABEL + i] = i < text.length ? text[i] : 0;
    }
  }
}
