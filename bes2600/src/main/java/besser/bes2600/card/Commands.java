package besser.bes2600.card;

import besser.bes2600.environment.Environment;
import besser.bes2600.wire.Indications;
import besser.bes2600.wire.LittleEndian;
import besser.bes2600.wire.MessageId;
import besser.bes2600.wire.WsmHeader;

/** Answers the host's commands: a confirm each, and for some an indication later. */
final class Commands {
  private static final int CONFIGURATION_CONFIRM_BYTES = 44;
  private static final int JOIN_CONFIRM_BYTES = 16;
  private static final int READ_MIB_CONFIRM_BYTES = 76;
  private static final int MCU_CONFIRM_BYTES = 20;
  private static final int READ_MIB_DATA = 12;
  private static final int BAND_2_4_GHZ = 1;
  private static final int MIN_POWER_DBM = 0;
  private static final int MAX_POWER_DBM = 20;
  private static final int LMAC_ID_MASK = 0x3f;

  private final Environment environment;
  private final FirmwareParameters parameters;
  private final HostInterface host;

  Commands(Environment environment, FirmwareParameters parameters, HostInterface host) {
    this.environment = environment;
    this.parameters = parameters;
    this.host = host;
  }

  /** Answers the request with this id field and these bytes. */
  void answer(int id, byte[] request) {
    if (WsmHeader.sequenceIndex(id) == 1) {
      answerMcu(id, request);
      return;
    }
    int link = WsmHeader.linkId(id);
    int command = WsmHeader.withoutLinkId(id) & LMAC_ID_MASK;
    switch (command) {
      case MessageId.CONFIGURATION -> configuration(link);
      case MessageId.JOIN -> join(link);
      case MessageId.READ_MIB -> readMib(link, request);
      case MessageId.SET_PM -> setPm(link, request);
      case MessageId.START_SCAN -> startScan(link, request);
      case MessageId.SWITCH_CHANNEL -> switchChannel(link);
      default -> generic(command, link); // the confirm is a status, whatever the command
    }
  }

  private void generic(int command, int link) {
    byte[] message = new byte[Indications.GENERIC_CONFIRM_BYTES];
    Indications.putGenericConfirm(message, 0, command, link, 0);
    host.send(HostMessage.of(message));
  }

  private void configuration(int link) {
    byte[] message = confirm(MessageId.CONFIGURATION, link, CONFIGURATION_CONFIRM_BYTES);
    // 4 status, 8 station address, 14 bands, 16 rate mask, 20 two power ranges of three words.
    message[8] = 2;
    message[13] = 1;
    LittleEndian.putU8(message, 14, BAND_2_4_GHZ);
    LittleEndian.putU32(message, 16, -1);
    for (int range = 0; range < 2; range++) {
      LittleEndian.putU32(message, 20 + 12 * range, MIN_POWER_DBM);
      LittleEndian.putU32(message, 24 + 12 * range, MAX_POWER_DBM * 10);
      LittleEndian.putU32(message, 28 + 12 * range, 10);
    }
    host.send(HostMessage.of(message));
  }

  private void join(int link) {
    byte[] message = confirm(MessageId.JOIN, link, JOIN_CONFIRM_BYTES);
    LittleEndian.putU32(message, 8, MIN_POWER_DBM);
    LittleEndian.putU32(message, 12, MAX_POWER_DBM);
    host.send(HostMessage.of(message));
  }

  private void readMib(int link, byte[] request) {
    byte[] message = confirm(MessageId.READ_MIB, link, READ_MIB_CONFIRM_BYTES);
    int mib = request.length >= 6 ? LittleEndian.u16(request, 4) : 0;
    LittleEndian.putU16(message, 8, mib);
    LittleEndian.putU16(message, 10, READ_MIB_CONFIRM_BYTES - READ_MIB_DATA);
    host.send(HostMessage.of(message));
  }

  private void setPm(int link, byte[] request) {
    generic(MessageId.SET_PM, link);
    int mode = request.length > 4 ? LittleEndian.u8(request, 4) : 0;
    byte[] message = new byte[Indications.SET_PM_DONE_BYTES];
    Indications.putSetPmDone(message, 0, link, 0, mode);
    environment.after(parameters.subsystemNanos(), () -> host.send(HostMessage.of(message)));
  }

  /** Transmission stays locked in the host until the indication. */
  private void switchChannel(int link) {
    generic(MessageId.SWITCH_CHANNEL, link);
    byte[] message = new byte[Indications.CHANNEL_SWITCH_BYTES];
    Indications.putChannelSwitch(message, 0, link, 0);
    environment.after(parameters.subsystemNanos(), () -> host.send(HostMessage.of(message)));
  }

  private void startScan(int link, byte[] request) {
    generic(MessageId.START_SCAN, link);
    // 4 band, 5 type, 6 flags, 7 rate, 8 auto interval, 12 probes, 13 channels.
    int channels = request.length > 13 ? LittleEndian.u8(request, 13) : 1;
    byte[] message = new byte[Indications.SCAN_COMPLETE_BYTES];
    Indications.putScanComplete(message, 0, link, 0, channels);
    environment.after(parameters.scanNanos(), () -> host.send(HostMessage.of(message)));
  }

  private void answerMcu(int id, byte[] request) {
    byte[] message = new byte[MCU_CONFIRM_BYTES];
    int command = request.length >= WsmHeader.MCU_BYTES ? WsmHeader.mcuCommandType(request, 0) : 0;
    WsmHeader.putMcu(message, 0, MCU_CONFIRM_BYTES, id, WsmHeader.MCU_CONFIRM_LABEL, command);
    host.send(HostMessage.of(message));
  }

  private static byte[] confirm(int command, int link, int bytes) {
    byte[] message = new byte[bytes];
    int id = WsmHeader.withLinkId(command + MessageId.CONFIRM, link);
    WsmHeader.put(message, 0, bytes, id);
    return message;
  }
}
