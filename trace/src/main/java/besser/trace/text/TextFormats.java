package besser.trace.text;

import besser.trace.EventCatalogue;
import besser.trace.EventFormat;
import besser.trace.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The formats a text shows: one for each combination of an event's name and its fields. */
final class TextFormats {
  static final EventFormat NONE = new EventFormat(0, "none", "none", List.of(), List.of(), "");

  private static final int FORMATS_LIMIT = 16384;
  private static final Map<String, String> SYSTEM_BY_PREFIX =
      Map.ofEntries(
          Map.entry("sched_", "sched"),
          Map.entry("workqueue_", "workqueue"),
          Map.entry("irq_handler_", "irq"),
          Map.entry("softirq_", "irq"),
          Map.entry("tasklet_", "irq"),
          Map.entry("timer_", "timer"),
          Map.entry("hrtimer_", "timer"),
          Map.entry("tick_", "timer"),
          Map.entry("mmc_", "mmc"),
          Map.entry("net_dev_", "net"),
          Map.entry("netif_", "net"),
          Map.entry("napi_gro_", "net"),
          Map.entry("napi_poll", "napi"),
          Map.entry("contention_", "lock"),
          Map.entry("lock_", "lock"),
          Map.entry("drv_", "mac80211"),
          Map.entry("rdev_", "cfg80211"),
          Map.entry("cfg80211_", "cfg80211"),
          Map.entry("consume_skb", "skb"),
          Map.entry("kfree_skb", "skb"),
          Map.entry("cpu_idle", "power"),
          Map.entry("cpu_frequency", "power"),
          Map.entry("sys_enter", "raw_syscalls"),
          Map.entry("sys_exit", "raw_syscalls"),
          Map.entry("function", "ftrace"),
          Map.entry("print", "ftrace"),
          Map.entry("tracing_mark_write", "ftrace"));

  /** The system of events the table does not know. */
  private static final String UNKNOWN_SYSTEM = "text";

  private final Map<String, EventFormat> bySignature = new HashMap<>();
  private final List<EventFormat> all = new ArrayList<>();

  EventCatalogue catalogue() {
    return new EventCatalogue(all);
  }

  /**
   * The format for an event's name and fields; the same object for the same. Empty when the text
   * has shown more formats than any kernel has.
   */
  Optional<EventFormat> format(EventFieldText fields) {
    StringBuilder signature = new StringBuilder(fields.name());
    for (int i = 0; i < fields.keys().size(); i++) {
      signature.append(fields.isNumber(i) ? " #" : " $").append(fields.keys().get(i));
    }
    EventFormat known = bySignature.get(signature.toString());
    if (known == null && all.size() < FORMATS_LIMIT) {
      known = newFormat(fields);
      bySignature.put(signature.toString(), known);
    }
    return Optional.ofNullable(known);
  }

  private EventFormat newFormat(EventFieldText text) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < text.keys().size(); i++) {
      boolean number = text.isNumber(i);
      fields.add(
          new Field(
              text.keys().get(i),
              number ? "long" : "char[]",
              i,
              0,
              number ? Long.BYTES : 0,
              number ? Long.BYTES : 1,
              number,
              number ? Field.Kind.NUMBER : Field.Kind.TEXT));
    }
    EventFormat format =
        new EventFormat(all.size() + 1, systemOf(text.name()), text.name(), List.of(), fields, "");
    all.add(format);
    return format;
  }

  private static String systemOf(String event) {
    String best = "";
    for (String prefix : SYSTEM_BY_PREFIX.keySet()) {
      if (event.startsWith(prefix) && prefix.length() > best.length()) {
        best = prefix;
      }
    }
    return SYSTEM_BY_PREFIX.getOrDefault(best, UNKNOWN_SYSTEM);
  }
}
