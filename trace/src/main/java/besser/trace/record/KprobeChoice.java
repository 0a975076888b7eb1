package besser.trace.record;

import java.util.List;

/**
 * A probe to place on a kernel function.
 *
 * @param event what its event is to be called
 * @param symbol the function
 * @param where at its entry or its return
 * @param arguments fields to fetch, as {@code kprobe_events} writes them, such as {@code
 *     wq_head=$arg1}
 */
public record KprobeChoice(String event, String symbol, Where where, List<String> arguments) {
  /**
   * The group that kprobes' events are shown in. In the kernel they are in a group of their
   * instance's name, so that they can be removed with it.
   */
  public static final String SYSTEM = "kprobe";

  /** Where in the function the probe is. */
  public enum Where {
    ENTRY,
    RETURN
  }

  public KprobeChoice {
    if (!event.matches("[A-Za-z_][A-Za-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("kprobe event must be a C name, got '" + event + "'");
    }
    if (!symbol.matches("[A-Za-z_.][A-Za-z0-9_.]*(\\+\\d+)?")) {
      throw new IllegalArgumentException(
          "kprobe symbol must be a function's name, got '" + symbol + "'");
    }
    arguments = List.copyOf(arguments);
    for (String argument : arguments) {
      if (!argument.matches("[A-Za-z_][A-Za-z0-9_]*=\\S+")) {
        throw new IllegalArgumentException(
            "kprobe argument must be like wq_head=$arg1, got '" + argument + "'");
      }
    }
  }

  /** A probe of a function's entry, named after the function, that fetches nothing. */
  public static KprobeChoice entryOf(String symbol) {
    String event = symbol.replaceAll("[^A-Za-z0-9_]", "_");
    return new KprobeChoice(event, symbol, Where.ENTRY, List.of());
  }

  /**
   * Reads what a user writes: {@code FUNCTION [FIELD=FETCH...]}, after {@code r:} for its return.
   */
  public static KprobeChoice parse(String text) {
    boolean atReturn = text.startsWith("r:");
    List<String> words = List.of((atReturn ? text.substring(2) : text).strip().split("\\s+", -1));
    String event = words.getFirst().replaceAll("[^A-Za-z0-9_]", "_");
    return new KprobeChoice(
        atReturn ? event + "_return" : event,
        words.getFirst(),
        atReturn ? Where.RETURN : Where.ENTRY,
        words.subList(1, words.size()));
  }

  /** The line for {@code kprobe_events}, with the event in this group. */
  String definition(String group) {
    String kind = where == Where.ENTRY ? "p" : "r";
    String line = "%s:%s/%s %s".formatted(kind, group, event, symbol);
    return arguments.isEmpty() ? line : line + " " + String.join(" ", arguments);
  }
}
