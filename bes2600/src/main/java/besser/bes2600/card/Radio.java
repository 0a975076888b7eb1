package besser.bes2600.card;

import besser.bes2600.air.BeaconReceiver;
import besser.bes2600.air.BlockAckSender;
import besser.bes2600.air.Frame;
import besser.bes2600.air.FrameReceiver;

/**
 * The card's radio: what it receives comes in here, what it sends goes out through {@code uplink}.
 */
public interface Radio {
  /** Where the access point's frames arrive. */
  FrameReceiver receiver();

  /** Where its beacons arrive. */
  BeaconReceiver beacons();

  /** Connects the transmit side. */
  void attachUplink(BlockAckSender uplink);

  /** What became of a frame sent. */
  void settled(Frame frame, boolean acknowledged);
}
