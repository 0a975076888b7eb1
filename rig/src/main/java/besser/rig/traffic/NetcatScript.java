package besser.rig.traffic;

import java.net.InetAddress;

/**
 * The shell script that lets a netcat receive on a device and tells about it; for any POSIX shell.
 *
 * <p>The main shell waits for the netcat: what a child has read is added to its parent's account
 * when it is waited for (the kernel's wait_task_zombie), so that the last bytes are counted, too. A
 * second shell looks once a second, and ends the netcat when its time is over; a third ends it when
 * the script's input ends, whatever that ends of.
 *
 * <p>It is the second shell, too, that says at first what the main shell has read by then ("ready
 * BYTES"): had the main shell asked itself, the asking would count, and how much a shell reads for
 * one line differs (bash reads ahead and goes back, after which the kernel makes the text anew).
 * For the same reason the second shell outlives the netcat: its own reading is not added before the
 * main shell has told its total ("end UPTIME BYTES …").
 */
final class NetcatScript {
  private NetcatScript() {}

  /** For one step; after {@code limitSeconds} at the latest the netcat is ended. */
  static String of(
      NetcatReceiver receiver, Transport transport, Netcat.Found found, long limitSeconds) {
    String command =
        found.receive(
            transport,
            receiver.address(),
            receiver.port(),
            receiver.senderAddress().map(InetAddress::getHostAddress));
    return SCRIPT
        .replace("@COMMAND@", command)
        .replace("@PORT@", "%04X".formatted(receiver.port()))
        .replace("@TABLE@", transport == Transport.TCP ? "tcp" : "udp")
        .replace("@ADDRESS@", receiver.address().getHostAddress().replaceAll("%.*", ""))
        .replace("@INTERFACE@", receiver.interfaceName().orElse(""))
        .replace("@LISTENS@", found.dialect() == Netcat.BASH ? "no" : "yes")
        .replace("@SECONDS@", Long.toString(limitSeconds));
  }

  private static final String SCRIPT =
      """
      rchar() {
        r=; while read -r k v; do case $k in rchar:) r=$v;; esac; done </proc/$1/io
      }
      counters() {
        for f in rx_bytes rx_packets rx_errors rx_dropped; do
          c=-1; read -r c <"/sys/class/net/$if/statistics/$f"
          line="$line $c"
        done 2>/dev/null
      }
      look() {
        read -r up rest </proc/uptime
        rchar $n 2>/dev/null
        [ -n "$r" ] || kill -0 $n 2>/dev/null || return 0
        line="s $up ${r:--1}"; counters; echo "$line"
      }
      if=@INTERFACE@
      [ -n "$if" ] || if=$(ip -o addr show to @ADDRESS@ 2>/dev/null </dev/null |
        { read -r number name rest; echo "${name%%@*}"; })
      echo "interface $if"
      exec 3<&0
      trap '' HUP INT
      @COMMAND@ </dev/null >/dev/null 3<&- & n=$!
      { while read -r x <&3; do :; done; kill $n; } >/dev/null 2>&1 & w=$!
      i=0
      until [ @LISTENS@ = no ] || grep -qs ":@PORT@ " /proc/net/@TABLE@ /proc/net/@TABLE@6; do
        kill -0 $n 2>/dev/null && [ $i -lt 50 ] || { kill $n $w 2>/dev/null; echo failed; exit 1; }
        sleep 0.1 2>/dev/null || sleep 1
        i=$((i+1))
      done
      { trap '' PIPE; i=0
        look
        rchar $$ 2>/dev/null
        echo "ready ${r:--1}"
        while sleep 1; kill -0 $n 2>/dev/null; do
          [ $i -lt @SECONDS@ ] && look || { kill $n; break; }
          i=$((i+1))
        done
        exec sleep 30; } </dev/null 3<&- & l=$!
      wait $n
      rchar $$ 2>/dev/null; total=${r:--1}
      kill $l $w 2>/dev/null
      read -r up rest </proc/uptime
      line="end $up $total"
      counters; echo "$line"
      """;
}
