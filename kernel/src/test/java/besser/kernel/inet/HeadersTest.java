package besser.kernel.inet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeadersTest {
  private final byte[] bytes = new byte[128];

  @Test
  void tcpHeaderWithTimestampAndSackComesBack() {
    var out =
        new TcpHeader()
            .ports(40000, 5001)
            .sequence(0xfffffff0)
            .acknowledge(77)
            .window(65535)
            .timestamp(123, -456)
            .sack(1000, 2448)
            .sack(5000, 5001);
    int end = out.write(bytes, 3);
    var in = new TcpHeader();
    assertTrue(in.read(bytes, 3, end - 3));
    assertEquals(20 + 12 + 20, in.headerBytes());
    assertEquals(40000, in.sourcePort());
    assertEquals(5001, in.destinationPort());
    assertEquals(0xfffffff0, in.sequence());
    assertEquals(77, in.acknowledgement());
    assertEquals(65535, in.window());
    assertEquals(-456, in.timestampEcho());
    assertEquals(2, in.sackBlocks());
    assertEquals(5000, in.sackStart(1));
    assertEquals(5001, in.sackEnd(1));
    assertFalse(in.sackPermitted());
    assertEquals(-1, in.windowScale());
  }

  @Test
  void synOptionsAreThoseOfLinuxInFortyBytes() {
    var out = new TcpHeader().flag(TcpHeader.SYN).synOptions(1460, 7).timestamp(1, 0);
    assertEquals(40, out.write(bytes, 0));
    var in = new TcpHeader();
    assertTrue(in.read(bytes, 0, 40));
    assertEquals(1460, in.maximumSegmentBytes());
    assertEquals(7, in.windowScale());
    assertTrue(in.sackPermitted());
    assertTrue(in.has(TcpHeader.SYN));
    assertFalse(in.has(TcpHeader.ACK));
  }

  @Test
  void rejectsTruncatedTcpHeaderAndOptions() {
    int end = new TcpHeader().timestamp(1, 2).write(bytes, 0);
    var in = new TcpHeader();
    assertFalse(in.read(bytes, 0, 19));
    assertFalse(in.read(bytes, 0, end - 1));
    bytes[23] = 40;
    assertFalse(in.read(bytes, 0, end));
  }

  @Test
  void sequenceNumbersCompareModulo32Bits() {
    assertTrue(TcpHeader.before(0xfffffff0, 0x10));
    assertFalse(TcpHeader.before(0x10, 0xfffffff0));
  }

  @Test
  void ipv4HeaderComesBackAndRejectsAWrongLength() {
    var out =
        new Ipv4Header()
            .route(Ipv4Address.of(192, 168, 178, 20), Ipv4Address.of(192, 168, 178, 31))
            .payload(Ipv4Header.UDP, 30);
    assertEquals(20, out.write(bytes, 0));
    var in = new Ipv4Header();
    assertTrue(in.read(bytes, 0, 50));
    assertEquals("192.168.178.20", in.source().toString());
    assertTrue(in.isFor(Ipv4Address.of(192, 168, 178, 31)));
    assertEquals(50, in.totalBytes());
    assertFalse(in.read(bytes, 0, 49));
    bytes[0] = 0x46;
    assertFalse(in.read(bytes, 0, 50));
  }

  @Test
  void udpHeaderComesBack() {
    new UdpHeader().set(9, 5001, 1472).write(bytes, 1);
    var in = new UdpHeader();
    assertTrue(in.read(bytes, 1, 1480));
    assertEquals(1472, in.payloadBytes());
    assertEquals(9, in.sourcePort());
    assertEquals(5001, in.destinationPort());
    assertFalse(in.read(bytes, 1, 1479));
  }
}
