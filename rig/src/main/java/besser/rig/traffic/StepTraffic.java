package besser.rig.traffic;

/**
 * One step's traffic, from both ends.
 *
 * @param sent what the sender did
 * @param received what the receiver counted
 */
public record StepTraffic(SentTraffic sent, ReceivedTraffic received) {
  /**
   * Carries out a step: opens the receiver, sends, waits for what is under way, and leaves nothing
   * behind.
   *
   * @throws besser.rig.device.DeviceUnable when either end cannot begin
   */
  public static StepTraffic carryOut(
      TrafficStep step, Sender sender, Receiver receiver, TrafficWatch watch) {
    try (Reception reception = receiver.open(step)) {
      SentTraffic sent = sender.send(step, reception.peer(), watch);
      return new StepTraffic(sent, reception.finish(sent));
    }
  }

  /** What of it the receiver counted in the step, and what behind it. */
  public InStep inStep() {
    return InStep.of(sent, received, OfferedLoad.rate(sent));
  }

  /** What load there was. */
  public OfferedLoad load() {
    return OfferedLoad.of(sent, received);
  }
}
