package besser.kernel.inet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.kernel.Kernel;
import besser.kernel.machine.CostModel;
import besser.kernel.machine.Machine;
import besser.kernel.machine.MachineConfig;
import besser.kernel.net.SkBuff;
import besser.kernel.net.SkBuffs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UdpSocketTest {
  private static final Ipv4Address HERE = Ipv4Address.of(10, 0, 0, 1);
  private final Machine machine = new Machine(MachineConfig.timed(1, 2, CostModel.fixed(10)));
  private final Kernel kernel = machine.kernel();
  private IpLayer ip;

  @BeforeEach
  void host() {
    machine.attachNet(new SkBuffs(machine));
    ip = new IpLayer(kernel, HERE);
  }

  private void deliver(int bytes) {
    int length = UdpHeader.BYTES + bytes;
    SkBuff skb = kernel.net().devAllocSkb(Ipv4Header.BYTES + length).orElseThrow();
    int at = skb.put(Ipv4Header.BYTES + length);
    new Ipv4Header().route(HERE, HERE).payload(Ipv4Header.UDP, length).write(skb.bytes(), at);
    new UdpHeader().set(9, 5001, bytes).write(skb.bytes(), at + Ipv4Header.BYTES);
    kernel.localBhDisable();
    ip.receive(skb, Ipv4Header.ETHER_TYPE);
    kernel.localBhEnable();
  }

  @Test
  void readerGetsEveryDatagram() {
    UdpSocket socket = new UdpSocket(machine, ip, 5001, UdpSocket.DEFAULT_BUFFER_BYTES);
    SocketReader reader = SocketReader.start(machine, socket, SocketReader.Output.NULL);
    machine.boot(
        () -> {
          for (int i = 0; i < 30; i++) deliver(1472);
        });
    machine.runUntil(1_000_000_000);
    assertEquals(30 * 1472, reader.goodput().bytes());
    assertEquals(0, socket.bufferErrors());
  }

  @Test
  void datagramsBeyondTheBufferAreDropped() {
    UdpSocket socket = new UdpSocket(machine, ip, 5001, 20_000);
    machine.boot(
        () -> {
          for (int i = 0; i < 30; i++) deliver(1472);
        });
    machine.runUntil(1_000_000_000);
    // a datagram holds 2,140 bytes of memory; the buffer may be overrun by one
    assertEquals(10, socket.datagrams());
    assertEquals(20, socket.bufferErrors());
    assertTrue(ip.discards() == 0);
  }
}
