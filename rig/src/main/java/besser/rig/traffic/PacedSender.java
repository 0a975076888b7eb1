package besser.rig.traffic;

import besser.rig.device.DeviceUnable;
import besser.rig.linux.ThreadTiming;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Sends at a cap, out of this process. Every write has an absolute deadline, so that a late wake-up
 * is made up for by the next one; a sender that was held up catches up at {@link
 * SenderOptions#PEAK} times the cap at most, and gives up what is older than half a second.
 */
public final class PacedSender implements Sender {
  private final SenderOptions options;

  /** With these options. */
  public PacedSender(SenderOptions options) {
    this.options = options;
  }

  @Override
  public SentTraffic send(TrafficStep step, Peer peer, TrafficWatch watch) {
    enterNamespace();
    Outlet outlet;
    try {
      outlet = open(step, peer, watch);
    } catch (IOException e) {
      return nothingSent(step, watch, String.valueOf(e.getMessage()));
    }
    try (outlet) {
      return sent(new PacedStep(step, outlet, watch, options.silenceLimit()));
    }
  }

  private SentTraffic sent(PacedStep step) {
    if (!options.realTime()) return step.run();
    ThreadTiming.realTime().ifPresent(step::note);
    try {
      return step.run();
    } finally {
      ThreadTiming.ordinary();
    }
  }

  private void enterNamespace() {
    try {
      options.namespace().call(() -> true);
    } catch (IOException e) {
      throw new DeviceUnable(e.getMessage() + "; `ip netns list` shows what there is", e);
    }
  }

  private Outlet open(TrafficStep step, Peer peer, TrafficWatch watch) throws IOException {
    return switch (step.transport()) {
      case TCP -> TcpOutlet.open(step, peer, options, watch);
      case UDP ->
          switch (peer) {
            case Peer.Listening listening -> UdpOutlet.open(step, listening.address(), options);
            case Peer.Connecting connecting ->
                throw new DeviceUnable("a receiver of UDP must listen; give the device a netcat");
          };
    };
  }

  private static SentTraffic nothingSent(TrafficStep step, TrafficWatch watch, String reason) {
    TrafficEnd end =
        watch.stopRequested() ? new TrafficEnd.Stopped(0) : new TrafficEnd.Unreachable(reason);
    return new SentTraffic(
        step,
        Instant.now(),
        System.nanoTime(),
        0,
        0,
        0,
        new ByteBins().series(),
        end,
        new Shortfall(step.wantedBytes(), 0),
        0,
        0,
        List.of(),
        List.of());
  }
}
