package besser.bes2600.air;

import besser.bes2600.environment.Environment;

/** The access point's beacons: one per target beacon transmission time, never retried. */
final class BeaconSender implements Transmitter {
  private static final long TIME_UNIT_NANOS = 1_024_000;

  private final Environment environment;
  private final BeaconParameters parameters;
  private final LossProcess loss;
  private final BeaconReceiver receiver;
  private final Contender contender;
  private final Runnable targetTime = this::targetTime;
  private long count;
  private boolean heard;

  BeaconSender(
      Environment environment,
      Medium medium,
      BeaconParameters parameters,
      LossProcess loss,
      BeaconReceiver receiver) {
    this.environment = environment;
    this.parameters = parameters;
    this.loss = loss;
    this.receiver = receiver;
    this.contender = new Contender(medium, this, environment.random("beacon backoff"), 1, 1, 1);
    environment.after(intervalNanos(), targetTime);
  }

  private long intervalNanos() {
    return parameters.intervalTimeUnits() * TIME_UNIT_NANOS;
  }

  private void targetTime() {
    environment.after(intervalNanos(), targetTime);
    contender.request();
  }

  @Override
  public long begin(boolean collided) {
    long now = environment.nowNanos();
    heard =
        !collided
            && !loss.losesPpdu(now)
            && !loss.losesFrame(now, parameters.frameBytes(), parameters.robustSteps());
    return Phy.dsssNanos(parameters.frameBytes() + Phy.FCS_BYTES);
  }

  @Override
  public boolean end() {
    long number = count++;
    if (heard) receiver.beacon(number, number % parameters.dtimPeriod() == 0);
    return true;
  }
}
