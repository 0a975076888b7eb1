package besser.rig.real;

import static org.junit.jupiter.api.Assertions.assertEquals;

import besser.rig.connection.LocalConnection;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Everything that besser has left on a device: tracing instances, kprobes and namespaces whose
 * owner is gone, and processes whose shell is. What somebody still owns is in use: by another test,
 * or by another besser on this machine.
 *
 * @param here whether what this process owns counts too: nobody else in it uses this machine as a
 *     device
 */
record Leftovers(boolean here, SortedSet<String> things) {
  /** Who measures on this machine as a device needs it for itself within this process. */
  static final String THIS_MACHINE = "this machine as a device";

  /** A janitor whose connection broke cleans up by itself; readers may hold an instance. */
  private static final Duration CLEAN_LIMIT = Duration.ofMinutes(2);

  private static final String SCRIPT =
      """
      left() { [ "$1" = '@OWNER@' ] || ! kill -0 "$1" 2>/dev/null; }
      for i in /sys/kernel/tracing/instances/besser_*; do
        p=${i##*/besser_}; [ -e "$i" ] && left "${p%%_*}" && echo "instance $i"
      done
      grep -o 'besser_[^ ]*' /sys/kernel/tracing/kprobe_events 2>/dev/null | while read -r k; do
        p=${k#besser_}; left "${p%%_*}" && echo "kprobe $k"
      done
      for n in /run/netns/besser-*; do
        p=${n##*/besser-}; [ -e "$n" ] && left "${p%%-*}" && echo "namespace $n"
      done
      ps -eo pid=,ppid=,args= |
        grep -E '^ *[0-9]+ +[0-9]+ (perf record -q -a -g -k mono|cat /dev/kmsg|dd bs=)' |
        while read -r pid parent rest; do
          case $(cat /proc/$parent/comm 2>/dev/null) in
            sh|dash|busybox) ;;
            *) echo "process $pid $rest";;
          esac
        done
      true""";

  /** What there is, without what this process owns. */
  static Leftovers elsewhere() {
    return look(false);
  }

  /** What there is, with what this process owns. */
  static Leftovers onThisMachine() {
    return look(true);
  }

  private static Leftovers look(boolean here) {
    String owner = here ? Long.toString(ProcessHandle.current().pid()) : "nobody";
    try (LocalConnection shell = LocalConnection.here()) {
      List<String> lines =
          shell.run(SCRIPT.replace("@OWNER@", owner), Duration.ofSeconds(20)).lines();
      return new Leftovers(here, new TreeSet<>(lines));
    }
  }

  /** Sees to it that nothing is left now that was not left then, once what ends has ended. */
  void assertNothingMore() {
    long start = System.nanoTime();
    SortedSet<String> more = new TreeSet<>(look(here).things);
    more.removeAll(things);
    while (!more.isEmpty() && System.nanoTime() - start < CLEAN_LIMIT.toNanos()) {
      more.retainAll(look(here).things);
    }
    assertEquals(List.of(), List.copyOf(more), "left on the device");
  }
}
