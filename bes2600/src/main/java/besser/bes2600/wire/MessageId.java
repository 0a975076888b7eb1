package besser.bes2600.wire;

/** WSM message ids: requests below 0x400, their confirms with 0x400 added, indications at 0x800. */
public final class MessageId {
  public static final int TX_REQUEST = 0x004;
  public static final int READ_MIB = 0x005;
  public static final int WRITE_MIB = 0x006;
  public static final int START_SCAN = 0x007;
  public static final int STOP_SCAN = 0x008;
  public static final int CONFIGURATION = 0x009;
  public static final int RESET = 0x00a;
  public static final int JOIN = 0x00b;
  public static final int ADD_KEY = 0x00c;
  public static final int REMOVE_KEY = 0x00d;
  public static final int SET_PM = 0x010;
  public static final int SET_BSS_PARAMETERS = 0x011;
  public static final int SET_TX_QUEUE_PARAMETERS = 0x012;
  public static final int EDCA_PARAMETERS = 0x013;
  public static final int SWITCH_CHANNEL = 0x016;
  public static final int START = 0x017;
  public static final int BEACON_TRANSMIT = 0x018;
  public static final int START_FIND = 0x019;
  public static final int STOP_FIND = 0x01a;
  public static final int UPDATE_IE = 0x01b;
  public static final int MAP_LINK = 0x01c;
  public static final int EPTA = 0x024;
  public static final int MODE_SET = 0x029;

  /** An MCU command: radio driver control. */
  public static final int DRIVER_RF = 0xc27;

  /** Added to a request's id in its confirm. */
  public static final int CONFIRM = 0x400;

  public static final int TX_CONFIRM = TX_REQUEST + CONFIRM;
  public static final int MULTI_TX_CONFIRM = 0x41e;

  public static final int EXCEPTION = 0x800;
  public static final int STARTUP = 0x801;
  public static final int RECEIVE = 0x804;
  public static final int EVENT = 0x805;
  public static final int SCAN_COMPLETE = 0x806;
  public static final int SET_PM_DONE = 0x809;
  public static final int CHANNEL_SWITCH = 0x80a;
  public static final int FIND_COMPLETE = 0x80b;
  public static final int SUSPEND_RESUME = 0x80c;

  /** An MCU indication: Bluetooth state for coexistence. */
  public static final int BLUETOOTH_STATE = 0xc30;

  private MessageId() {}
}
