package besser.bes2600.wire;

/** The short indications and the generic confirm: a header and one or two fields. */
public final class Indications {
  /** Bytes of a generic confirm: header and status. */
  public static final int GENERIC_CONFIRM_BYTES = 8;

  /** Bytes of an event indication (0x805). */
  public static final int EVENT_BYTES = 12;

  /** Bytes of a power mode indication (0x809): 4 status, 8 mode, padded. */
  public static final int SET_PM_DONE_BYTES = 12;

  /** Bytes of a scan complete indication (0x806), padded. */
  public static final int SCAN_COMPLETE_BYTES = 12;

  /** Bytes of a channel switch indication (0x80A). */
  public static final int CHANNEL_SWITCH_BYTES = 8;

  /** Bytes of a suspend/resume indication (0x80C). */
  public static final int SUSPEND_RESUME_BYTES = 8;

  /** Bytes of an exception indication (0x800). */
  public static final int EXCEPTION_BYTES = 128;

  public static final int EVENT_ERROR = 0;
  public static final int EVENT_BSS_LOST = 1;
  public static final int EVENT_BSS_REGAINED = 2;
  public static final int EVENT_RADAR_DETECTED = 3;
  public static final int EVENT_RCPI_RSSI = 4;

  private Indications() {}

  /** Writes a confirm of nothing but a status, for request {@code id}. */
  public static void putGenericConfirm(
      byte[] bytes, int at, int requestId, int linkId, int status) {
    int id = WsmHeader.withLinkId(requestId + MessageId.CONFIRM, linkId);
    WsmHeader.put(bytes, at, GENERIC_CONFIRM_BYTES, id);
    LittleEndian.putU32(bytes, at + 4, status);
  }

  /** The first 32-bit field of any message: status of a confirm, id of an event, flags, reason. */
  public static int first(byte[] bytes, int at) {
    return LittleEndian.u32(bytes, at + 4);
  }

  /** The second 32-bit field: data of an event. */
  public static int second(byte[] bytes, int at) {
    return LittleEndian.u32(bytes, at + 8);
  }

  /** Writes an event for an interface. */
  public static void putEvent(byte[] bytes, int at, int interfaceId, int eventId, int data) {
    int id = WsmHeader.withLinkId(MessageId.EVENT, interfaceId);
    WsmHeader.put(bytes, at, EVENT_BYTES, id);
    LittleEndian.putU32(bytes, at + 4, eventId);
    LittleEndian.putU32(bytes, at + 8, data);
  }

  /** Writes a power mode indication. */
  public static void putSetPmDone(byte[] bytes, int at, int interfaceId, int status, int mode) {
    int id = WsmHeader.withLinkId(MessageId.SET_PM_DONE, interfaceId);
    WsmHeader.put(bytes, at, SET_PM_DONE_BYTES, id);
    LittleEndian.putU32(bytes, at + 4, status);
    LittleEndian.putU32(bytes, at + 8, mode & 0xff);
  }

  /** The power mode byte of 0x809 and 0x806. */
  public static int powerMode(byte[] bytes, int at) {
    return LittleEndian.u8(bytes, at + 8);
  }

  /** Writes a scan complete indication. */
  public static void putScanComplete(
      byte[] bytes, int at, int interfaceId, int status, int channels) {
    int id = WsmHeader.withLinkId(MessageId.SCAN_COMPLETE, interfaceId);
    WsmHeader.put(bytes, at, SCAN_COMPLETE_BYTES, id);
    LittleEndian.putU32(bytes, at + 4, status);
    LittleEndian.putU32(bytes, at + 8, (channels & 0xff) << 8);
  }

  /** Number of channels of a scan complete indication. */
  public static int scannedChannels(byte[] bytes, int at) {
    return LittleEndian.u8(bytes, at + 9);
  }

  /** Writes a channel switch indication. */
  public static void putChannelSwitch(byte[] bytes, int at, int interfaceId, int status) {
    int id = WsmHeader.withLinkId(MessageId.CHANNEL_SWITCH, interfaceId);
    WsmHeader.put(bytes, at, CHANNEL_SWITCH_BYTES, id);
    LittleEndian.putU32(bytes, at + 4, status);
  }

  /** Writes a suspend/resume indication: bit 0 resume, bits 2 to 1 queue, bit 3 multicast. */
  public static void putSuspendResume(byte[] bytes, int at, int linkId, int flags) {
    int id = WsmHeader.withLinkId(MessageId.SUSPEND_RESUME, linkId);
    WsmHeader.put(bytes, at, SUSPEND_RESUME_BYTES, id);
    LittleEndian.putU32(bytes, at + 4, flags);
  }

  /** Writes an exception of the firmware with empty registers and file name. */
  public static void putException(byte[] bytes, int at, int reason) {
    WsmHeader.put(bytes, at, EXCEPTION_BYTES, MessageId.EXCEPTION);
    for (int i = 4; i < EXCEPTION_BYTES; i += 4) LittleEndian.putU32(bytes, at + i, 0);
    LittleEndian.putU32(bytes, at + 4, reason);
  }
}
