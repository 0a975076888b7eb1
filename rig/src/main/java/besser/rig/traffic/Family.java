package besser.rig.traffic;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;

/** The protocol family of an address, so that no IPv4 socket is an IPv6 one in disguise. */
final class Family {
  private Family() {}

  static StandardProtocolFamily of(InetAddress address) {
    return address instanceof Inet6Address
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }
}
