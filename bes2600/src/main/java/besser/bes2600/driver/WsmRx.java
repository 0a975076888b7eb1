package besser.bes2600.driver;

import besser.bes2600.wire.Indications;
import besser.bes2600.wire.MessageId;
import besser.bes2600.wire.PacketId;
import besser.bes2600.wire.TxConfirm;
import besser.bes2600.wire.WsmHeader;
import besser.kernel.Errno;
import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.net.SkBuff;

/** wsm.c: {@code wsm_handle_rx}, the dispatch of received messages. */
final class WsmRx {
  /** Result of a dispatch that kept the skb: C's NULL in {@code *skb_p}. */
  static final int TAKEN = 1;

  private static final KernelFunction HANDLE_RX = KernelFunction.of("bes2600", "wsm_handle_rx");
  private static final KernelFunction TX_CONFIRM = KernelFunction.of("bes2600", "wsm_tx_confirm");
  private static final KernelFunction MULTI_TX_CONFIRM =
      KernelFunction.of("bes2600", "wsm_multi_tx_confirm");

  private final Bes2600Common hw;
  private final Kernel kernel;

  WsmRx(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
  }

  /**
   * {@code wsm_handle_rx}.
   *
   * @return 0, {@link #TAKEN}, or a negative error that ends the link
   */
  int handleRx(int fullId, SkBuff skb) {
    try (var _ = kernel.enter(HANDLE_RX)) {
      int link = WsmHeader.linkId(fullId);
      int id = WsmHeader.withoutLinkId(fullId);
      byte[] bytes = skb.bytes();
      int at = skb.dataOffset();
      if (id == MessageId.RECEIVE) return hw.wsmReceive.receiveIndication(link, skb);
      if (id == MessageId.TX_CONFIRM) return txConfirm(bytes, at + TxConfirm.SINGLE_ENTRY);
      if (id == MessageId.MULTI_TX_CONFIRM) return multiTxConfirm(bytes, at, link);
      int label = (id & 0xc00) == 0xc00 ? WsmHeader.mcuLabel(bytes, at) : 0;
      if (WsmHeader.isConfirm(id, label)) return commandConfirm(id, bytes, at);
      if ((id & 0xf00) == 0x800) return hw.wsmIndication.handle(id, link, bytes, at);
      if ((id & 0xf00) == 0xc00 && label == WsmHeader.MCU_INDICATION_LABEL) {
        if (id == MessageId.BLUETOOTH_STATE) {
          hw.coex.request(WsmHeader.mcuCommandType(bytes, at));
        }
        return 0;
      }
      kernel.warn("wsm_handle_rx");
      return Errno.EINVAL;
    }
  }

  private int txConfirm(byte[] bytes, int entry) {
    try (var _ = kernel.enter(TX_CONFIRM)) {
      int ifId = PacketId.interfaceId(TxConfirm.packetId(bytes, entry));
      hw.txBuffers.releaseVif(ifId, 1);
      hw.txConfirm.confirm(ifId, bytes, entry);
      return 0;
    }
  }

  /** The first confirm's credit and pending count were taken before the dispatch. */
  private int multiTxConfirm(byte[] bytes, int at, int link) {
    try (var _ = kernel.enter(MULTI_TX_CONFIRM)) {
      int count = TxConfirm.count(bytes, at);
      if (count <= 0) {
        kernel.warn("wsm_multi_tx_confirm");
        return Errno.EINVAL;
      }
      if (count > 1) {
        int released = hw.txBuffers.release(count - 1);
        if (released < 0) return released;
        if (released > 0) hw.bh.wakeup();
      }
      hw.hwPrivToVif(link).ifPresent(vif -> vif.vifLock.unlock());
      int length = WsmHeader.length(bytes, at);
      for (int i = 0; i < count; i++) {
        if (i < count - 1) hw.txBuffers.decPending(0);
        int entry = TxConfirm.MULTI_ENTRY + i * TxConfirm.ENTRY_BYTES;
        if (entry + TxConfirm.ENTRY_BYTES > length) {
          kernel.warn("wsm_tx_confirm");
          return Errno.EINVAL;
        }
        int error = txConfirm(bytes, at + entry);
        if (error != 0) return error;
      }
      return 0;
    }
  }

  /** The confirm of a command: {@code cmd} is marked while it is being handled. */
  private int commandConfirm(int id, byte[] bytes, int at) {
    WsmCmd wsmCmd = hw.wsmCmd;
    if (hw.has(Hardening.LOOP_BY_BH)) hw.txLoop.recordWsmCmd(false);
    wsmCmd.lock.lock();
    boolean hasArg = wsmCmd.arg.get().isPresent();
    int command = WsmHeader.withoutLinkId(wsmCmd.cmd.get());
    wsmCmd.cmd.set(WsmCmd.IN_CONFIRM);
    wsmCmd.lock.unlock();
    if ((id & 0xf00) == MessageId.CONFIRM && (id & ~MessageId.CONFIRM) != command) {
      kernel.warn("wsm_handle_rx");
      return Errno.EINVAL;
    }
    int result = confirmResult(id, hasArg, bytes, at);
    wsmCmd.lock.lock();
    wsmCmd.ret.set(result);
    wsmCmd.done.set(1);
    wsmCmd.lock.unlock();
    wsmCmd.wsmCmdWq.wakeUp();
    return 0;
  }

  private int confirmResult(int id, boolean hasArg, byte[] bytes, int at) {
    int status = Indications.first(bytes, at);
    return switch (id & ~MessageId.CONFIRM) {
      case MessageId.CONFIGURATION, MessageId.READ_MIB, MessageId.WRITE_MIB ->
          hasArg ? statusOf(status, "wsm_generic_confirm") : 0;
      case MessageId.JOIN -> hasArg ? joinConfirm(status) : 0;
      case MessageId.START_SCAN,
          MessageId.STOP_SCAN,
          MessageId.RESET,
          MessageId.ADD_KEY,
          MessageId.REMOVE_KEY,
          MessageId.SET_PM,
          MessageId.SET_BSS_PARAMETERS,
          MessageId.SET_TX_QUEUE_PARAMETERS,
          MessageId.EDCA_PARAMETERS,
          MessageId.SWITCH_CHANNEL,
          MessageId.START,
          MessageId.BEACON_TRANSMIT,
          MessageId.START_FIND,
          MessageId.STOP_FIND,
          MessageId.UPDATE_IE,
          MessageId.MAP_LINK,
          MessageId.MODE_SET ->
          genericConfirm(id, hasArg, status);
      case MessageId.EPTA -> 0;
      default -> otherConfirm(id);
    };
  }

  private int otherConfirm(int id) {
    if (id != MessageId.DRIVER_RF) kernel.bug("wsm_handle_rx");
    return 0;
  }

  private int genericConfirm(int id, boolean hasArg, int status) {
    if (hasArg) kernel.warn("wsm_handle_rx");
    int result = statusOf(status, "wsm_generic_confirm");
    if (result != 0) {
      hw.log.warn(
          "wsm_generic_confirm failed for request 0x"
              + Integer.toHexString(id & ~MessageId.CONFIRM));
    }
    return result;
  }

  private int statusOf(int status, String function) {
    if (status == 0) return 0;
    kernel.warn(function);
    return Errno.EINVAL;
  }

  private int joinConfirm(int status) {
    hw.wsmCmd.unlockOper();
    if (status == 0) return 0;
    hw.log.warn("wsm_join_confirm ret " + status);
    return Errno.EINVAL;
  }
}
