package besser.bes2600.air;

import besser.bes2600.environment.Environment;
import java.util.ArrayList;
import java.util.List;

/**
 * One radio channel shared by contending stations in range of each other.
 *
 * <p>Stations count down their backoff while the channel is idle; the one that reaches zero first
 * transmits, those that reach it in the same slot collide. No event is spent on a slot: the next
 * start is computed and only revised when somebody joins in.
 */
public final class Medium {
  private static final long NONE = -1;

  private final Environment environment;
  private final List<Contender> contenders = new ArrayList<>();
  private final List<Contender> sending = new ArrayList<>();
  private final Runnable startDue = this::startDue;
  private final Runnable exchangeOver = this::exchangeOver;

  private boolean busy;
  private boolean settling;
  private long idleSinceNanos;
  private long nextStartNanos = NONE;
  private long busyNanos;
  private long collisions;

  /** An idle channel without stations. */
  public Medium(Environment environment) {
    this.environment = environment;
  }

  /** Total time in nanoseconds that the channel has been occupied. */
  public long busyNanos() {
    return busyNanos;
  }

  /** How often two or more stations began in the same slot. */
  public long collisions() {
    return collisions;
  }

  void add(Contender contender) {
    contenders.add(contender);
  }

  boolean isBusy() {
    return busy;
  }

  void rearm() {
    if (busy || settling) return;
    long now = environment.nowNanos();
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < contenders.size(); i++) {
      Contender c = contenders.get(i);
      if (c.wants()) earliest = Math.min(earliest, c.startNanos(idleSinceNanos, now));
    }
    if (earliest == Long.MAX_VALUE || earliest == nextStartNanos) return;
    nextStartNanos = earliest;
    environment.after(earliest - now, startDue);
  }

  private void startDue() {
    long now = environment.nowNanos();
    // An earlier start was found meanwhile, or this one was already taken.
    if (busy || now != nextStartNanos) return;
    for (int i = 0; i < contenders.size(); i++) {
      Contender c = contenders.get(i);
      if (c.wants() && c.startNanos(idleSinceNanos, now) == now) sending.add(c);
    }
    for (int i = 0; i < contenders.size(); i++) {
      Contender c = contenders.get(i);
      if (!sending.contains(c)) c.freeze(idleSinceNanos, now);
    }
    nextStartNanos = NONE;
    busy = true;
    boolean collided = sending.size() > 1;
    if (collided) collisions++;
    long longest = 0;
    for (int i = 0; i < sending.size(); i++) {
      longest = Math.max(longest, sending.get(i).begin(collided));
    }
    busyNanos += longest;
    environment.after(longest, exchangeOver);
  }

  private void exchangeOver() {
    busy = false;
    settling = true;
    idleSinceNanos = environment.nowNanos();
    for (int i = 0; i < sending.size(); i++) sending.get(i).end();
    sending.clear();
    settling = false;
    rearm();
  }
}
