package besser.trace.perf;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lays out a perf.data by hand, in either byte order, as a file or as a pipe. */
final class PerfFileBuilder {
  private static final int ATTR_BYTES = 128;
  private static final int RECORD_LIMIT_BYTES = 65_528;

  private final ByteOrder order;
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final List<byte[]> attrs = new ArrayList<>();
  private final List<Long> ids = new ArrayList<>();
  private final List<byte[]> features = new ArrayList<>();
  private long featureBits;

  PerfFileBuilder(ByteOrder order) {
    this.order = order;
  }

  /** Writes the body of one record, attr or feature. */
  interface Body {
    void writeTo(ByteBuffer buffer);
  }

  /** An event with {@code sample_id_all}, and one id. */
  PerfFileBuilder event(int type, long config, long sampleType, long id, Body more) {
    byte[] attr = new byte[ATTR_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(attr).order(order);
    buffer.putInt(0, type).putInt(4, ATTR_BYTES).putLong(8, config).putLong(16, 1000);
    buffer.putLong(24, sampleType);
    // sample_id_all is bit 18: the third bit field of the third byte, from that byte's first bit
    attr[42] = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 << 2 : 1 << 5);
    more.writeTo(buffer);
    attrs.add(attr);
    ids.add(id);
    return this;
  }

  PerfFileBuilder event(int type, long config, long sampleType, long id) {
    return event(type, config, sampleType, id, buffer -> {});
  }

  PerfFileBuilder record(int type, int misc, Body body) {
    byte[] record = recordBytes(type, misc, body);
    data.write(record, 0, record.length);
    return this;
  }

  private byte[] recordBytes(int type, int misc, Body body) {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(order);
    buffer.position(8);
    body.writeTo(buffer);
    int size = buffer.position();
    buffer.putInt(0, type).putShort(4, (short) misc).putShort(6, (short) size);
    byte[] record = new byte[size];
    buffer.get(0, record);
    return record;
  }

  PerfFileBuilder feature(int bit, Body body) {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(order);
    body.writeTo(buffer);
    byte[] feature = new byte[buffer.position()];
    buffer.get(0, feature);
    features.add(feature);
    featureBits |= 1L << bit;
    return this;
  }

  /** Bytes that are no record, behind the last one. */
  PerfFileBuilder raw(byte[] bytes) {
    data.write(bytes, 0, bytes.length);
    return this;
  }

  /** Moves all records so far into compressed ones. */
  PerfFileBuilder compressed(int recordType) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZstdOutputStream zstd = new ZstdOutputStream(packed)) {
      data.writeTo(zstd);
    }
    data.reset();
    byte[] bytes = packed.toByteArray();
    boolean padded = recordType == RecordType.COMPRESSED2;
    int limit = RECORD_LIMIT_BYTES - 32;
    for (int at = 0; at < bytes.length; at += limit) {
      int from = at;
      int length = Math.min(limit, bytes.length - at);
      record(
          recordType,
          0,
          buffer -> {
            if (padded) {
              buffer.putLong(length);
            }
            buffer.put(bytes, from, length);
            while (padded && buffer.position() % 8 != 0) {
              buffer.put((byte) 0);
            }
          });
    }
    return this;
  }

  static void text(ByteBuffer buffer, String text) {
    buffer.put(text.getBytes(StandardCharsets.UTF_8));
    do {
      buffer.put((byte) 0);
    } while (buffer.position() % 8 != 0);
  }

  byte[] file() {
    int count = attrs.size();
    int idsAt = 104;
    int attrsAt = idsAt + 8 * count;
    int dataAt = attrsAt + (ATTR_BYTES + 16) * count;
    int tableAt = dataAt + data.size();
    int featuresAt = tableAt + 16 * features.size();
    int total = featuresAt + features.stream().mapToInt(feature -> feature.length).sum();
    ByteBuffer file = ByteBuffer.allocate(total).order(order);
    file.putLong(0x32454c4946524550L).putLong(104).putLong(ATTR_BYTES + 16);
    file.putLong(attrsAt).putLong((long) (ATTR_BYTES + 16) * count);
    file.putLong(dataAt).putLong(data.size()).putLong(0).putLong(0).putLong(featureBits);
    file.putLong(0).putLong(0).putLong(0);
    ids.forEach(file::putLong);
    for (int i = 0; i < count; i++) {
      file.put(attrs.get(i)).putLong(idsAt + 8L * i).putLong(8);
    }
    file.put(data.toByteArray());
    int at = featuresAt;
    for (byte[] feature : features) {
      file.putLong(at).putLong(feature.length);
      at += feature.length;
    }
    features.forEach(file::put);
    return file.array();
  }

  byte[] pipe() {
    ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    ByteBuffer header = ByteBuffer.allocate(16).order(order);
    header.putLong(0x32454c4946524550L).putLong(16);
    pipe.writeBytes(header.array());
    for (int i = 0; i < attrs.size(); i++) {
      byte[] attr = attrs.get(i);
      long id = ids.get(i);
      pipe.writeBytes(
          recordBytes(RecordType.HEADER_ATTR, 0, buffer -> buffer.put(attr).putLong(id)));
    }
    pipe.writeBytes(data.toByteArray());
    return pipe.toByteArray();
  }
}
