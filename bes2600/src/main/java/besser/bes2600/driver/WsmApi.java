package besser.bes2600.driver;

import besser.bes2600.wire.LittleEndian;
import besser.bes2600.wire.MessageId;
import besser.bes2600.wire.WsmHeader;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import java.util.Arrays;

/** wsm.c: the commands that this model sends. Payloads it does not interpret are left zero. */
final class WsmApi {
  static final int MIB_RTS_THRESHOLD = 0x0007;
  static final int MIB_RX_FILTER = 0x1003;
  static final int MIB_BEACON_FILTER_TABLE = 0x1004;
  static final int MIB_BEACON_FILTER_ENABLE = 0x1005;
  static final int MIB_OPERATIONAL_POWER_MODE = 0x1006;
  static final int MIB_BEACON_WAKEUP_PERIOD = 0x1007;
  static final int MIB_GROUP_ADDRESSES = 0x0004;
  static final int MIB_TX_POWER_LEVEL = 0x0006;
  static final int MIB_RCPI_RSSI_THRESHOLD = 0x1009;
  static final int MIB_TEMPLATE_FRAME = 0x1002;
  static final int MIB_BLOCK_ACK_POLICY = 0x100e;
  static final int MIB_ASSOCIATION_MODE = 0x1010;
  static final int MIB_UAPSD_INFORMATION = 0x1013;
  static final int MIB_TX_RATE_RETRY_POLICY = 0x1016;
  static final int MIB_PROTECTED_MGMT_POLICY = 0x1020;
  static final int MIB_HT_PROTECTION = 0x1021;
  static final int MIB_MULTI_TX_CONFIRM = 0x1024;
  static final int MIB_KEEP_ALIVE_PERIOD = 0x1025;
  static final int MIB_DISABLE_BSSID_FILTER = 0x1026;
  static final int MIB_MAC_ADDR_FILTER = 0x1030;
  static final int MIB_TX_SHORT_GI = 0x1043;
  static final int MIB_TXRX_OPT = 0x1044;
  static final int MIB_POWER_TABLE = 0x1045;

  static final int POWER_MODE_ACTIVE = 0;
  static final int POWER_MODE_QUIESCENT = 2;

  /** {@code WSM_PSM_ACTIVE}. */
  static final int PSM_ACTIVE = 0;

  /** {@code WSM_PSM_FAST_PS}. */
  static final int PSM_FAST_PS = 0x81;

  private static final KernelFunction WRITE_MIB = KernelFunction.of("bes2600", "wsm_write_mib");
  private static final int JOIN_BYTES = 64;
  private static final int SCAN_BYTES = 64;
  private static final int DISABLE_MORE_FLAG_USAGE = 1 << 4;

  private final Bes2600Common hw;
  private final Kernel kernel;

  WsmApi(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
  }

  /** {@code wsm_write_mib}. */
  int writeMib(int mibId, byte[] value, int bytes, int ifId) {
    try (var _ = kernel.enter(WRITE_MIB)) {
      hw.wsmCmd.lockCmd();
      byte[] buf = hw.wsmCmd.buf;
      LittleEndian.putU16(buf, WsmHeader.BYTES, mibId);
      LittleEndian.putU16(buf, WsmHeader.BYTES + 2, bytes);
      System.arraycopy(value, 0, buf, WsmHeader.BYTES + 4, bytes);
      WsmArg arg = new WsmArg.Mib(mibId, bytes);
      int result =
          hw.wsmCmd.send(arg, MessageId.WRITE_MIB, 4 + bytes, WsmCmd.TIMEOUT_SECONDS, ifId);
      hw.wsmCmd.unlockCmd();
      return result;
    }
  }

  /** A MIB of one 32-bit value. */
  int writeMib(int mibId, int value, int ifId) {
    byte[] payload = new byte[4];
    LittleEndian.putU32(payload, 0, value);
    return writeMib(mibId, payload, payload.length, ifId);
  }

  /** {@code wsm_set_operational_mode}. */
  int setOperationalMode(int powerMode) {
    return writeMib(MIB_OPERATIONAL_POWER_MODE, powerMode | DISABLE_MORE_FLAG_USAGE, 0);
  }

  /** {@code wsm_set_beacon_wakeup_period}. */
  int setBeaconWakeupPeriod(int dtimPeriod, int listenInterval, int ifId) {
    return writeMib(MIB_BEACON_WAKEUP_PERIOD, dtimPeriod | listenInterval << 16, ifId);
  }

  /** {@code bes2600_set_macaddrfilter} for the broadcast filter. */
  int setMacAddrFilter(int ifId) {
    byte[] filter = new byte[12];
    filter[0] = 1;
    return writeMib(MIB_MAC_ADDR_FILTER, filter, filter.length, ifId);
  }

  /** {@code wsm_use_multi_tx_conf}. */
  int useMultiTxConfirm(boolean enabled, int ifId) {
    return writeMib(MIB_MULTI_TX_CONFIRM, enabled ? 1 : 0, ifId);
  }

  private int command(WsmArg arg, int id, int payloadBytes, int timeoutSeconds, int ifId) {
    return hw.wsmCmd.send(arg, id, payloadBytes, timeoutSeconds, ifId);
  }

  private void clearPayload(int bytes) {
    Arrays.fill(hw.wsmCmd.buf, WsmHeader.BYTES, WsmHeader.BYTES + bytes, (byte) 0);
  }

  /** A command whose payload the model leaves zero but for its first word. */
  private int simple(int id, int firstWord, int payloadBytes, int timeoutSeconds, int ifId) {
    hw.wsmCmd.lockCmd();
    clearPayload(payloadBytes);
    if (payloadBytes >= 4) LittleEndian.putU32(hw.wsmCmd.buf, WsmHeader.BYTES, firstWord);
    int result = command(new WsmArg.None(), id, payloadBytes, timeoutSeconds, ifId);
    hw.wsmCmd.unlockCmd();
    return result;
  }

  /** {@code wsm_configuration}. */
  int configuration(int ifId) {
    hw.wsmCmd.lockCmd();
    clearPayload(256);
    int result =
        command(
            new WsmArg.Configuration(), MessageId.CONFIGURATION, 256, WsmCmd.TIMEOUT_SECONDS, ifId);
    hw.wsmCmd.unlockCmd();
    return result;
  }

  /** {@code wsm_reset}. */
  int reset(int ifId) {
    return simple(MessageId.RESET, 0, 4, WsmCmd.LONG_TIMEOUT_SECONDS, ifId);
  }

  /** {@code wsm_join}: the operation lock is given back by its confirm. */
  int join(Bss bss, int ifId) {
    hw.wsmCmd.lockOper();
    hw.wsmCmd.lockCmd();
    clearPayload(JOIN_BYTES);
    byte[] buf = hw.wsmCmd.buf;
    LittleEndian.putU16(buf, WsmHeader.BYTES + 2, bss.channel());
    for (int i = 0; i < 6; i++) {
      LittleEndian.putU8(buf, WsmHeader.BYTES + 4 + i, (int) (bss.bssid() >> (40 - 8 * i)) & 0xff);
    }
    hw.wsmGetTx.txBurstIdx.set(-1);
    int result =
        command(new WsmArg.Join(), MessageId.JOIN, JOIN_BYTES, WsmCmd.LONG_TIMEOUT_SECONDS, ifId);
    hw.wsmCmd.unlockCmd();
    return result;
  }

  /** {@code wsm_set_bss_params}. */
  int setBssParams(int aid, int beaconLostCount, int ifId) {
    int first = beaconLostCount << 8 | aid << 16;
    return simple(MessageId.SET_BSS_PARAMETERS, first, 12, WsmCmd.TIMEOUT_SECONDS, ifId);
  }

  /** {@code wsm_switch_channel}: transmission stays locked until its indication. */
  int switchChannel(int channel, int ifId) {
    hw.wsmTxPort.lockTx();
    int result = simple(MessageId.SWITCH_CHANNEL, channel << 16, 4, WsmCmd.TIMEOUT_SECONDS, ifId);
    if (result != 0) hw.wsmTxPort.unlockTx();
    return result;
  }

  /** {@code wsm_set_pm}. */
  int setPm(int mode, int ifId) {
    return simple(MessageId.SET_PM, mode, 4, WsmCmd.TIMEOUT_SECONDS, ifId);
  }

  /** {@code wsm_set_edca_params}. */
  int setEdcaParams(int ifId) {
    return simple(MessageId.EDCA_PARAMETERS, 0, 36, WsmCmd.TIMEOUT_SECONDS, ifId);
  }

  /** {@code wsm_scan}: 4 band, 5 type, 6 flags, 7 rate, 8 interval, 12 probes, 13 channels. */
  int startScan(int channels, int ifId) {
    hw.wsmCmd.lockCmd();
    clearPayload(SCAN_BYTES);
    LittleEndian.putU8(hw.wsmCmd.buf, WsmHeader.BYTES + 9, channels);
    int result =
        command(new WsmArg.None(), MessageId.START_SCAN, SCAN_BYTES, WsmCmd.TIMEOUT_SECONDS, ifId);
    hw.wsmCmd.unlockCmd();
    return result;
  }

  /** {@code wsm_stop_scan}. */
  int stopScan(int ifId) {
    return simple(MessageId.STOP_SCAN, 0, 0, WsmCmd.TIMEOUT_SECONDS, ifId);
  }
}
