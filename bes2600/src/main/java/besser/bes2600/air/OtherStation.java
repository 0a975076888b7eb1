package besser.bes2600.air;

import besser.bes2600.environment.Environment;
import besser.kernel.random.Distribution;
import besser.kernel.random.RandomStream;

/**
 * Somebody else's traffic on the channel: bursts that arrive at random and contend like everyone's.
 */
final class OtherStation implements Transmitter {
  private static final int RETRY_LIMIT = 7;

  private final Environment environment;
  private final RandomStream random;
  private final Distribution gapNanos;
  private final Distribution burstNanos;
  private final Contender contender;
  private final Runnable arrival = this::arrival;
  private int pending;
  private int retries;
  private boolean collided;

  /**
   * @param load the part of the channel's time that it asks for, above 0 and below 1
   * @param meanBurstNanos mean length of one exchange
   */
  OtherStation(
      Environment environment, Medium medium, String name, double load, long meanBurstNanos) {
    this.environment = environment;
    this.random = environment.random(name);
    this.burstNanos = Distribution.lognormal(meanBurstNanos, 0.5);
    this.gapNanos = Distribution.exponential(StrictMath.round(burstNanos.mean() / load));
    this.contender = new Contender(medium, this, random, 3, 15, 1023);
    scheduleArrival();
  }

  private void scheduleArrival() {
    environment.after(gapNanos.sample(random), arrival);
  }

  private void arrival() {
    pending++;
    contender.request();
    scheduleArrival();
  }

  @Override
  public long begin(boolean collision) {
    collided = collision;
    return burstNanos.sample(random);
  }

  @Override
  public boolean end() {
    boolean done = !collided || ++retries > RETRY_LIMIT;
    if (done) {
      pending--;
      retries = 0;
    }
    if (pending > 0) contender.request();
    return !collided;
  }
}
