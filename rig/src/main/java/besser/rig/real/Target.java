package besser.rig.real;

import besser.rig.connection.Connection;
import besser.rig.connection.Janitor;
import besser.rig.traffic.Receiver;
import besser.rig.traffic.Sender;
import besser.trace.record.TracedMachine;
import java.time.Duration;

/**
 * A device that is connected and prepared. Closing it undoes everything that was done there; when
 * besser dies or the connection breaks, the janitors do.
 */
interface Target extends AutoCloseable {
  /** As the user named it. */
  String name();

  /** A shell where the load arrives. */
  Connection shell();

  /** A shell where the load comes from. */
  Connection senderShell();

  /** The kernel to trace. */
  TracedMachine machine();

  /** What the kernel calls this boot of it (random(4)); empty when it does not say. */
  default String bootId() {
    return shell().run("cat /proc/sys/kernel/random/boot_id", Duration.ofSeconds(20)).out().strip();
  }

  /** Its clock against ours. */
  DeviceClock clock();

  /** Offers the load. */
  Sender sender();

  /** Takes it. */
  Receiver receiver();

  /** The interface that the load arrives by. */
  String networkInterface();

  /** The interface that it leaves the sender by. */
  String senderInterface();

  /** Undoes what is done where the load arrives. */
  Janitor janitor();

  /** Undoes what is done where it comes from. */
  Janitor senderJanitor();

  /** A plan's command or file name with the interfaces filled in. */
  default String filledIn(String text) {
    return text.replace("${interface}", networkInterface())
        .replace("${sender-interface}", senderInterface());
  }

  @Override
  void close();
}
