package besser.forecast.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which parameters a profile has, and in which unit each is written. */
public final class ProfileSchema {
  /** Below this, any function's name is a parameter: its own time in nanoseconds. */
  public static final String COSTS = "costs.";

  /** Unit of a choice. */
  private static final String CHOICE = "";

  private static final Map<String, String> UNITS = units(new LinkedHashMap<>());

  private ProfileSchema() {}

  /** Every parameter that must be there, with its unit; a choice has none. */
  public static Map<String, String> units() {
    return UNITS;
  }

  static boolean knows(String name) {
    return UNITS.containsKey(name) || name.startsWith(COSTS);
  }

  private static Map<String, String> units(Map<String, String> units) {
    machine(units);
    card(units);
    link(units, "air.downlink.");
    link(units, "air.uplink.");
    air(units);
    surroundings(units);
    for (String module : new String[] {"vmlinux", "bes2600", "mac80211", "other"}) {
      units.put(COSTS + "any." + module, "ns");
    }
    return Collections.unmodifiableMap(units);
  }

  private static void machine(Map<String, String> units) {
    units.put("machine.cpus", "1");
    units.put("machine.clock", "GHz");
    units.put("machine.hz", "Hz");
    units.put("machine.sampler_frequency", "Hz");
    units.put("machine.idle_exit", "us");
    units.put("machine.ipi", "us");
    units.put("memory.copy", "ns/B");
    units.put("memory.zero", "ns/B");
    units.put("mmc.clock", "Hz");
    units.put("mmc.width", "bit");
    units.put("mmc.command_clocks", "clocks");
    units.put("mmc.block_clocks", "clocks");
    units.put("mmc.command_overhead", "us");
    units.put("mmc.block_overhead", "us");
    units.put("mmc.dma_lag", "us");
    units.put("mmc.max_block_count", "1");
    units.put("mmc.tuning_blocks", "1");
    units.put("mmc.bottom_half", CHOICE);
  }

  private static void card(Map<String, String> units) {
    units.put("card.input_buffers", "1");
    units.put("card.receive_buffers", "1");
    units.put("card.transfer_bytes", "B");
    units.put("card.rx_frame", "us");
    units.put("card.tx_frame", "us");
    units.put("card.command", "us");
    units.put("card.announce", "us");
    units.put("card.confirm_frames", "1");
    units.put("card.confirm_delay", "ms");
    units.put("card.subsystem_wake", "ms");
    units.put("card.startup", "ms");
    units.put("card.scan", "ms");
    units.put("card.beacons", CHOICE);
    units.put("card.signal", "dBm");
  }

  private static void link(Map<String, String> units, String prefix) {
    units.put(prefix + "mcs", "1");
    units.put(prefix + "retry_limit", "1");
    units.put(prefix + "aggregate_frames", "1");
    units.put(prefix + "aggregate_bytes", "B");
    units.put(prefix + "queue_frames", "1");
    units.put(prefix + "lifetime", "ms");
    units.put(prefix + "aifs_slots", "1");
    units.put(prefix + "cw_min", "1");
    units.put(prefix + "cw_max", "1");
  }

  private static void air(Map<String, String> units) {
    units.put("air.loss.good", "1");
    units.put("air.loss.bad", "1");
    units.put("air.loss.good_time", "ms");
    units.put("air.loss.bad_time", "ms");
    units.put("air.loss.ppdu", "1");
    units.put("air.beacons.interval", "TU");
    units.put("air.beacons.dtim_period", "1");
    units.put("air.beacons.frame_bytes", "B");
    units.put("air.beacons.robust_steps", "1");
    units.put("air.others.stations", "1");
    units.put("air.others.load", "1");
    units.put("air.others.burst", "us");
  }

  private static void surroundings(Map<String, String> units) {
    units.put("traffic.transport", CHOICE);
    units.put("traffic.lan_delay", "ms");
    units.put("traffic.burst", "B");
    units.put("traffic.algorithm", CHOICE);
    units.put("traffic.segment", "B");
    units.put("traffic.send_buffer", "B");
    units.put("traffic.min_rto", "ms");
    units.put("receiver.initial_buffer", "B");
    units.put("receiver.max_buffer", "B");
    units.put("receiver.output", CHOICE);
    units.put("background.work_items", "1/s");
    units.put("background.desktop_wakeups", "1/s");
    units.put("variation.other_load", "1");
    units.put("variation.loss", "1");
  }
}
