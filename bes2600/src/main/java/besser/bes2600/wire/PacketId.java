package besser.bes2600.wire;

/**
 * The 32 bits by which driver and firmware name a frame in flight: item in bits 7 to 0, its
 * generation 15 to 8, queue 19 to 16, interface 23 to 20, link 27 to 24, queue generation 31 to 28.
 */
public final class PacketId {
  private PacketId() {}

  /** Packs the six fields, each cut to its width. */
  public static int of(
      int queueGeneration, int queue, int itemGeneration, int item, int interfaceId, int linkId) {
    return (item & 0xff)
        | (itemGeneration & 0xff) << 8
        | (queue & 0xf) << 16
        | (interfaceId & 0xf) << 20
        | (linkId & 0xf) << 24
        | queueGeneration << 28;
  }

  /** Index in the queue's pool, 0 to 255. */
  public static int item(int packetId) {
    return packetId & 0xff;
  }

  /** How often the item was reused, modulo 256. */
  public static int itemGeneration(int packetId) {
    return (packetId >>> 8) & 0xff;
  }

  /** The queue, 0 to 15. */
  public static int queue(int packetId) {
    return (packetId >>> 16) & 0xf;
  }

  /** The interface, 0 to 15. */
  public static int interfaceId(int packetId) {
    return (packetId >>> 20) & 0xf;
  }

  /** The raw link id, 0 to 15. */
  public static int linkId(int packetId) {
    return (packetId >>> 24) & 0xf;
  }

  /** The queue's generation, 0 to 15. */
  public static int queueGeneration(int packetId) {
    return packetId >>> 28;
  }
}
