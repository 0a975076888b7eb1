package besser.bes2600.ops;

import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What a driver did in one scenario. Counted are its own spin locks and the skb-list and mac80211
 * locks that it takes by calling them, not those inside mmc, the workqueue core, timers, slab or
 * mac80211's tasklet.
 *
 * @param locks locks by kind and by class
 * @param wakes {@code wake_up} calls
 * @param queueing {@code queue_work} calls on the driver's two SDIO works
 * @param bus what crossed the SDIO bus
 * @param memory allocations
 * @param timers timer operations
 * @param atomicUpdates atomic read-modify-writes
 * @param contexts how often a context of the driver began to run: interrupt, work item, bh woken
 * @param softirqs where mac80211's tasklet ran
 * @param txAttempts attempts to send: calls of {@code wsm_get_tx}
 * @param delivered frames given to mac80211
 * @param txStatuses frames given back to mac80211
 * @param warnings {@code WARN_ON}s
 */
public record Operations(
    Locks locks,
    Wakes wakes,
    Queueing queueing,
    Bus bus,
    Memory memory,
    Timers timers,
    int atomicUpdates,
    int contexts,
    Softirqs softirqs,
    int txAttempts,
    int delivered,
    int txStatuses,
    int warnings) {
  /**
   * Lock acquisitions.
   *
   * @param plain {@code spin_lock}
   * @param irqsave {@code spin_lock_irqsave}, with those of {@code bh_evt_wq} and of skb lists
   * @param bh {@code spin_lock_bh}
   * @param bhWq those of {@code bh_wq}, apart: four per sleep and wake
   * @param mutexes mutexes of the driver
   * @param byClass all of these by lock class, in order of name
   */
  public record Locks(
      int plain,
      int irqsave,
      int bh,
      int bhWq,
      int mutexes,
      SequencedMap<String, Integer> byClass) {
    public Locks {
      byClass = new TreeMap<>(byClass);
    }

    /** Plain, irqsave and bh together. */
    public int total() {
      return plain + irqsave + bh;
    }
  }

  /**
   * {@code wake_up} calls.
   *
   * @param bh on {@code bh_wq}
   * @param evt on {@code bh_evt_wq}
   * @param other on any other wait queue of the driver
   */
  public record Wakes(int bh, int evt, int other) {}

  /**
   * {@code queue_work} calls.
   *
   * @param rxWork of {@code rx_work}
   * @param rxWorkNew of them when it was not pending
   * @param txWork of {@code tx_work}
   * @param txWorkNew of them when it was not pending
   * @param other of any other work
   */
  public record Queueing(int rxWork, int rxWorkNew, int txWork, int txWorkNew, int other) {
    /** All of them. */
    public int total() {
      return rxWork + txWork + other;
    }
  }

  /**
   * Commands on the bus.
   *
   * @param cmd52Reads register reads
   * @param cmd52Writes register writes
   * @param cmd53Reads transfers from the card
   * @param cmd53Writes transfers to the card
   * @param claims host claims, one for each run of the interrupt handler included
   */
  public record Bus(int cmd52Reads, int cmd52Writes, int cmd53Reads, int cmd53Writes, int claims) {}

  /**
   * Allocations.
   *
   * @param dumps of 12288 bytes, zeroed, for a dump that nobody sees
   * @param pads of 512 bytes around each read transfer
   * @param skbs socket buffers
   * @param descriptors of messages to send
   */
  public record Memory(int dumps, int pads, int skbs, int descriptors) {}

  /**
   * Timer operations.
   *
   * @param armed {@code mod_timer}
   * @param deleted {@code del_timer_sync}
   */
  public record Timers(int armed, int deleted) {}

  /**
   * Where mac80211's receive tasklet ran.
   *
   * @param baUnlock in the {@code spin_unlock_bh} of {@code ba_lock}
   * @param psUnlock in that of {@code ps_state_lock}
   * @param elsewhere anywhere else, such as ksoftirqd
   */
  public record Softirqs(int baUnlock, int psUnlock, int elsewhere) {}
}
