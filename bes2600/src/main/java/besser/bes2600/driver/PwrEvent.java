package besser.bes2600.driver;

/** Why the device may not sleep: {@code enum bes2600_pwr_event_type}. */
enum PwrEvent {
  SCAN,
  JOIN,
  TX,
  RX,
  FLUSH,
  ROC,
  WSM_TX,
  WSM_OPER,
  BSS_LOST,
  GET_IP,
  PS_ACTIVE,
  LMAC_RSP,
  AP,
  TEST_CMD,
  MUL_REQ,
  ADV_SCAN,
  DISCON,
  QUEUE_GC,
  AP_LP_BAD;

  /** {@code BES2600_DELAY_EVENT_NUM}: list entries there are, twice the end of the enumeration. */
  static final int ENTRIES = 2 * (values().length + 1);
}
