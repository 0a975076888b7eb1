package besser.bes2600.card;

import besser.bes2600.air.Frame;
import besser.bes2600.environment.Environment;
import besser.bes2600.wire.TxConfirm;
import java.util.ArrayList;
import java.util.List;

/** Collects transmit confirms into multi confirms, for a while or up to a number. */
final class Confirms {
  private static final int HT_RATE_BASE = 14;

  private final Environment environment;
  private final FirmwareParameters parameters;
  private final HostInterface host;
  private final int txedRate;
  private final Runnable flushDue = this::flushDue;
  private final List<Frame> frames = new ArrayList<>();
  private final List<Boolean> results = new ArrayList<>();
  private long flushAtNanos;

  Confirms(Environment environment, FirmwareParameters parameters, HostInterface host, int mcs) {
    this.environment = environment;
    this.parameters = parameters;
    this.host = host;
    this.txedRate = HT_RATE_BASE + mcs;
  }

  void add(Frame frame, boolean acknowledged) {
    frames.add(frame);
    results.add(acknowledged);
    if (frames.size() >= parameters.confirmFrames() || parameters.confirmDelayNanos() == 0) {
      flush();
    } else if (frames.size() == 1) {
      flushAtNanos = environment.nowNanos() + parameters.confirmDelayNanos();
      environment.after(parameters.confirmDelayNanos(), flushDue);
    }
  }

  private void flushDue() {
    if (!frames.isEmpty() && environment.nowNanos() >= flushAtNanos) flush();
  }

  private void flush() {
    int count = frames.size();
    byte[] message = new byte[TxConfirm.multiBytes(count)];
    TxConfirm.putMulti(message, 0, count);
    for (int i = 0; i < count; i++) {
      int entry = TxConfirm.MULTI_ENTRY + i * TxConfirm.ENTRY_BYTES;
      putEntry(message, entry, frames.get(i), results.get(i));
    }
    frames.clear();
    results.clear();
    host.send(HostMessage.of(message));
  }

  private void putEntry(byte[] message, int entry, Frame frame, boolean acknowledged) {
    int status = acknowledged ? TxConfirm.STATUS_SUCCESS : TxConfirm.STATUS_RETRY_EXCEEDED;
    int failures = Math.min(255, frame.failures());
    TxConfirm.putEntry(message, entry, frame.cookie(), status, txedRate, failures, 0);
    long inFirmware = environment.nowNanos() - frame.enqueuedNanos();
    int mediaMicros = (int) (frame.airtimeNanos() / 1000);
    TxConfirm.putDelays(message, entry, mediaMicros, (int) (inFirmware / 1000));
  }
}
