package besser.rig.traffic;

/** One step's receiver at work. Closing it leaves no process, socket or file behind. */
public interface Reception extends AutoCloseable {
  /** Where it can be reached. */
  Peer peer();

  /** Payload bytes that have arrived by now, as far as it is known while it runs. */
  long bytesSoFar();

  /**
   * Waits, for seconds at most, for what is still under way, stops receiving and counts.
   *
   * @param sent what was sent, so that loss can be told
   */
  ReceivedTraffic finish(SentTraffic sent);

  @Override
  void close();
}
