package besser.rig.traffic;

/** Offers a step's load. */
public interface Sender {
  /**
   * Sends until the step's duration is over, the watch asks for the end, or the receiver is gone;
   * blocks the calling thread for at most the duration and a few seconds.
   *
   * @throws besser.rig.device.DeviceUnable when this machine cannot send at all, such as without
   *     the network namespace it is to send from
   */
  SentTraffic send(TrafficStep step, Peer peer, TrafficWatch watch);
}
