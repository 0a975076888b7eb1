package besser.trace.perf;

import besser.trace.Issue;
import besser.trace.IssueCounts;
import besser.trace.LostEvents;
import besser.trace.SampleSink;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One reading of the records: follows tasks and mappings, and hands samples to a sink. */
final class PerfPass implements RecordQueue.Receiver {
  private static final int UPDATE_NAME = 2;
  private static final int KSYMBOL_UNREGISTER = 1;
  private static final int PROT_EXEC = 4;
  private static final int MISC_MMAP_DATA = 1 << 13;
  private static final int MISC_LOST_BY_FILTER = 1 << 15;
  private static final long NO_TIME = -1;
  private static final int NO_EVENT = -1;
  private static final int MAPPINGS_PER_PROCESS = 1 << 20;

  private final String file;
  private final boolean pipe;
  private final PerfEvents events;
  private final PerfFeatures features;
  private final FeatureReader featureReader;
  private final IssueCounts issues;
  private final RecordQueue queue;
  private final Tasks tasks = new Tasks();
  private final KernelSpace kernel;
  private final Dsos dsos;
  private final Symbolizer symbolizer;
  private final SampleSink sink;
  private final ReadCounters counters = new ReadCounters();
  private @Nullable PerfSample sample;
  private long lostInRing;
  private long lostByCounter;
  private long lastTime;

  PerfPass(PerfRecording recording, SymbolSources sources, Sites sites, SampleSink sink) {
    this.file = recording.file();
    this.pipe = recording.header().pipe();
    this.events = recording.events();
    this.features = recording.features();
    this.issues = recording.issues();
    this.featureReader = new FeatureReader(features, events, issues);
    this.queue = new RecordQueue(this, recording.header().bigEndian(), file, issues);
    this.kernel = new KernelSpace(recording.kallsyms()::text, sites);
    this.dsos = new Dsos(sources, sites, features);
    this.symbolizer = new Symbolizer(kernel, sites);
    this.sink = sink;
  }

  /** Reads to the end. */
  void run(RecordStream stream) {
    features.compressedRingBytes().ifPresent(stream::limitExpansion);
    while (stream.advance()) {
      int type = stream.type();
      if (type >= RecordType.FIRST_USER_TYPE || type < 0) {
        userRecord(type, stream);
      } else if (type != RecordType.SAMPLE || !addSamples(stream)) {
        kernelRecord(type, stream);
      }
    }
    queue.finish();
    if (lostByCounter > lostInRing) {
      sink.lost(new LostEvents(0, lastTime, lostByCounter - lostInRing));
    }
  }

  /** Takes the samples from here on at once, where all belong to one event that has times. */
  private boolean addSamples(RecordStream stream) {
    if (events.size() != 1) {
      return false;
    }
    SampleLayout layout = events.layout(0);
    if (layout.timeOffset == SampleLayout.ABSENT) {
      return false;
    }
    int taken =
        queue.addSamples(
            stream.bytes(),
            stream.at(),
            stream.readTo(),
            layout.timeOffset,
            layout.prefixBytes,
            stream.fileOffset());
    if (taken > 0) {
      stream.skipTo(stream.at() + taken);
    }
    return taken > 0;
  }

  private void kernelRecord(int type, RecordStream stream) {
    Bytes bytes = stream.bytes();
    int event = eventOf(bytes, stream.at(), stream.size(), type);
    if (event == NO_EVENT) {
      issues.add(Issue.DAMAGED_RECORD, file, stream.fileOffset());
      return;
    }
    long time = timeOf(bytes, stream.at(), stream.size(), type, events.layout(event));
    if (time == 0 || time == NO_TIME) {
      record(bytes, stream.at(), stream.size(), stream.fileOffset());
    } else {
      queue.add(time, bytes, stream.at(), stream.size(), stream.fileOffset());
    }
  }

  /** The event a record belongs to ({@code evlist__event2evsel} of the perf tool). */
  private int eventOf(Bytes bytes, int at, int size, int type) {
    if (events.size() <= 1) {
      return events.size() - 1;
    }
    SampleLayout first = events.layout(0);
    long id;
    if (type == RecordType.SAMPLE) {
      if (first.idOffset == SampleLayout.ABSENT || first.idOffset + Long.BYTES > size) {
        return NO_EVENT;
      }
      id = bytes.i64(at + first.idOffset);
    } else {
      if (first.trailerIdFromEnd == SampleLayout.ABSENT) {
        return 0;
      }
      if (size < RecordType.HEADER_BYTES + first.trailerBytes) {
        return NO_EVENT;
      }
      id = bytes.i64(at + size - first.trailerIdFromEnd);
    }
    return id == 0 ? 0 : events.indexOfId(id);
  }

  private static long timeOf(Bytes bytes, int at, int size, int type, SampleLayout layout) {
    if (type == RecordType.SAMPLE) {
      return layout.timeOffset == SampleLayout.ABSENT || size < layout.prefixBytes
          ? NO_TIME
          : bytes.i64(at + layout.timeOffset);
    }
    return layout.trailerTimeFromEnd == SampleLayout.ABSENT
            || size < RecordType.HEADER_BYTES + layout.trailerBytes
        ? NO_TIME
        : bytes.i64(at + size - layout.trailerTimeFromEnd);
  }

  @Override
  public void record(Bytes bytes, int at, int size, long fileOffset) {
    int type = bytes.i32(at);
    int event = eventOf(bytes, at, size, type);
    SampleLayout layout = events.layout(event);
    if (type == RecordType.SAMPLE) {
      if (!sample(bytes, at, size, layout, event)) {
        issues.add(Issue.DAMAGED_RECORD, file, fileOffset);
      }
      return;
    }
    int end = at + size - layout.trailerBytes;
    if (!sideRecord(type, bytes, at, end, layout)) {
      issues.add(Issue.DAMAGED_RECORD, file, fileOffset);
    }
  }

  private boolean sample(Bytes bytes, int at, int size, SampleLayout layout, int event) {
    PerfEvent itsEvent = events.event(event);
    PerfSample cursor = sample;
    if (cursor == null) {
      cursor = new PerfSample(symbolizer, layout, itsEvent, tasks.find(0, 0));
      sample = cursor;
    }
    if (!cursor.moveTo(bytes, at, size, layout)) {
      return false;
    }
    cursor.belongsTo(itsEvent, tasks.find(cursor.pid(), cursor.tid()));
    if (cursor.body().counterCount() > 0) {
      counters.deliver(cursor, events, sink);
    } else {
      sink.sample(cursor);
    }
    return true;
  }

  /** A record other than a sample; false when it is too short for its type. */
  private boolean sideRecord(int type, Bytes bytes, int at, int end, SampleLayout layout) {
    int body = at + RecordType.HEADER_BYTES;
    int room = end - body;
    return switch (type) {
      case RecordType.MMAP -> room > 32 && mmap(bytes, at, end);
      case RecordType.MMAP2 -> room > 64 && mmap2(bytes, at, end);
      case RecordType.COMM -> room > 8 && comm(bytes, body, end);
      case RecordType.FORK -> room >= 24 && fork(bytes, at);
      case RecordType.EXIT -> room >= 24 && exit(bytes, body);
      case RecordType.LOST -> room >= 16 && lost(bytes, at, end, layout);
      case RecordType.LOST_SAMPLES -> room >= 8 && lostSamples(bytes, at, end, layout);
      case RecordType.THROTTLE -> room >= 24 && throttle(bytes, end, layout);
      case RecordType.KSYMBOL -> room > 16 && ksymbol(bytes, body, end);
      default -> {
        if (type == 0 || type > RecordType.LAST_KERNEL_TYPE) {
          issues.add(Issue.UNKNOWN_SECTION, file + ": record type " + type);
        }
        yield true;
      }
    };
  }

  private boolean mmap(Bytes bytes, int at, int end) {
    int body = at + RecordType.HEADER_BYTES;
    int misc = bytes.u16(at + 4);
    int prot = (misc & MISC_MMAP_DATA) == 0 ? PROT_EXEC : 0;
    Dsos.Mapping mapping =
        new Dsos.Mapping(
            bytes.i64(body + 8),
            bytes.i64(body + 16),
            bytes.i64(body + 24),
            prot,
            0,
            bytes.text(body + 32, end));
    return map(bytes, body, misc, mapping, null);
  }

  private boolean mmap2(Bytes bytes, int at, int end) {
    int body = at + RecordType.HEADER_BYTES;
    int misc = bytes.u16(at + 4);
    String buildId = null;
    if ((misc & RecordType.MISC_MMAP_BUILD_ID) != 0) {
      int length = Math.min(bytes.u8(body + 32), 20);
      buildId = HexFormat.of().formatHex(bytes.array(), body + 36, body + 36 + length);
    }
    Dsos.Mapping mapping =
        new Dsos.Mapping(
            bytes.i64(body + 8),
            bytes.i64(body + 16),
            bytes.i64(body + 24),
            bytes.i32(body + 56),
            bytes.i32(body + 60),
            bytes.text(body + 64, end));
    return map(bytes, body, misc, mapping, buildId);
  }

  private boolean map(
      Bytes bytes, int body, int misc, Dsos.Mapping mapping, @Nullable String buildId) {
    int mode = misc & RecordType.MISC_CPU_MODE_MASK;
    if (mode == RecordType.MISC_KERNEL) {
      kernel.map(mapping.start(), mapping.length(), mapping.fileOffset(), mapping.name());
      symbolizer.forgetKernel();
      return true;
    }
    if (mode != RecordType.MISC_USER) {
      return true;
    }
    Task task = tasks.find(bytes.i32(body), bytes.i32(body + 4));
    if (!mapping.isValid() || task.space().count() >= MAPPINGS_PER_PROCESS) {
      return false;
    }
    dsos.map(mapping, buildId, task, tasks.nextSpaceVersion());
    return true;
  }

  private boolean comm(Bytes bytes, int body, int end) {
    tasks.find(bytes.i32(body), bytes.i32(body + 4)).setComm(bytes.text(body + 8, end));
    return true;
  }

  private boolean fork(Bytes bytes, int at) {
    int body = at + RecordType.HEADER_BYTES;
    tasks.fork(
        bytes.i32(body),
        bytes.i32(body + 8),
        bytes.i32(body + 4),
        bytes.i32(body + 12),
        (bytes.u16(at + 4) & RecordType.MISC_FORK_EXEC) == 0);
    return true;
  }

  private boolean exit(Bytes bytes, int body) {
    tasks.exit(bytes.i32(body + 8));
    return true;
  }

  private boolean lost(Bytes bytes, int at, int end, SampleLayout layout) {
    long count = bytes.i64(at + RecordType.HEADER_BYTES + 8);
    if (count < 0) {
      return false;
    }
    lostInRing += count;
    sink.lost(
        new LostEvents(trailerCpu(bytes, end, layout), trailerTime(bytes, end, layout), count));
    return true;
  }

  /**
   * perf adds at the end, without a time, what each counter lost in all; that includes what the
   * rings reported. Records with a time come from hardware buffers and are on top.
   */
  private boolean lostSamples(Bytes bytes, int at, int end, SampleLayout layout) {
    long count = bytes.i64(at + RecordType.HEADER_BYTES);
    if (count < 0) {
      return false;
    }
    if ((bytes.u16(at + 4) & MISC_LOST_BY_FILTER) != 0) {
      return true;
    }
    long time = trailerTime(bytes, end, layout);
    if (time == 0 || time == NO_TIME) {
      lostByCounter += count;
    } else {
      sink.lost(new LostEvents(trailerCpu(bytes, end, layout), time, count));
    }
    return true;
  }

  private boolean throttle(Bytes bytes, int end, SampleLayout layout) {
    sink.throttled(trailerCpu(bytes, end, layout), trailerTime(bytes, end, layout));
    return true;
  }

  /** {@code end} is where the trailer starts. */
  private static int trailerCpu(Bytes bytes, int end, SampleLayout layout) {
    if (layout.trailerCpuFromEnd == SampleLayout.ABSENT) {
      return 0;
    }
    return Math.max(bytes.i32(end + layout.trailerBytes - layout.trailerCpuFromEnd), 0);
  }

  private long trailerTime(Bytes bytes, int end, SampleLayout layout) {
    if (layout.trailerTimeFromEnd == SampleLayout.ABSENT) {
      return 0;
    }
    long time = bytes.i64(end + layout.trailerBytes - layout.trailerTimeFromEnd);
    lastTime = Math.max(lastTime, time);
    return time;
  }

  private boolean ksymbol(Bytes bytes, int body, int end) {
    long address = bytes.i64(body);
    if ((bytes.u16(body + 14) & KSYMBOL_UNREGISTER) != 0) {
      kernel.unregister(address);
    } else {
      String name = bytes.text(body + 16, end);
      if (name.isEmpty()) {
        return false;
      }
      kernel.register(address, bytes.u32(body + 8), name);
    }
    symbolizer.forgetKernel();
    return true;
  }

  private void userRecord(int type, RecordStream stream) {
    Bytes bytes = stream.bytes();
    int body = stream.at() + RecordType.HEADER_BYTES;
    int room = stream.size() - RecordType.HEADER_BYTES;
    boolean fits = true;
    switch (type) {
      case RecordType.FINISHED_ROUND -> queue.finishRound();
      case RecordType.HEADER_ATTR -> attr(stream);
      case RecordType.HEADER_TRACING_DATA -> fits = room >= 4 && tracingData(stream);
      case RecordType.HEADER_BUILD_ID ->
          featureReader.readBuildId(bytes, stream.at(), stream.size(), stream.misc());
      case RecordType.AUXTRACE -> {
        fits = room >= 8 && bytes.i64(body) >= 0;
        if (fits) {
          stream.skipFollowing(bytes.i64(body));
        }
      }
      case RecordType.EVENT_UPDATE -> {
        if (room > 16 && bytes.i64(body) == UPDATE_NAME) {
          events.rename(bytes.i64(body + 8), bytes.text(body + 16, stream.at() + stream.size()));
        }
      }
      case RecordType.HEADER_FEATURE -> fits = room >= 8 && feature(stream);
      default -> {
        if (type > RecordType.LAST_USER_TYPE || type < 0) {
          issues.add(Issue.UNKNOWN_SECTION, file, stream.fileOffset());
        }
      }
    }
    if (!fits) {
      issues.add(Issue.DAMAGED_RECORD, file, stream.fileOffset());
    }
  }

  private void attr(RecordStream stream) {
    if (!pipe) {
      return;
    }
    Bytes bytes = stream.bytes();
    int body = stream.at() + RecordType.HEADER_BYTES;
    int room = stream.size() - RecordType.HEADER_BYTES;
    long place = stream.fileOffset();
    PerfAttr attr = PerfAttr.read(bytes, body, room, file, place);
    int attrBytes = PerfAttr.size(bytes, body, room, file, place);
    List<Long> ids = new ArrayList<>();
    for (int at = attrBytes; at + Long.BYTES <= room; at += Long.BYTES) {
      ids.add(bytes.i64(body + at));
    }
    events.add(attr, ids);
  }

  private boolean tracingData(RecordStream stream) {
    long size = stream.bytes().u32(stream.at() + RecordType.HEADER_BYTES);
    if (size > PerfRecording.SECTION_LIMIT_BYTES) {
      stream.skipFollowing(size);
      return false;
    }
    long place = stream.fileOffset() + stream.size();
    byte[] data = stream.takeFollowing((int) size);
    int padding = (int) (-size & 7);
    stream.skipFollowing(padding);
    SectionCursor section =
        new SectionCursor(new Bytes(data, stream.bytes().bigEndian()), 0, data.length, file, place);
    featureReader.read(Feature.TRACING_DATA, section);
    return data.length == size;
  }

  private boolean feature(RecordStream stream) {
    Bytes bytes = stream.bytes();
    int body = stream.at() + RecordType.HEADER_BYTES;
    long number = bytes.i64(body);
    if (number < 0 || number > Feature.LAST) {
      return false;
    }
    SectionCursor section =
        new SectionCursor(
            bytes,
            body + Long.BYTES,
            stream.at() + stream.size(),
            file,
            stream.fileOffset() - stream.at());
    featureReader.read((int) number, section);
    features.compressedRingBytes().ifPresent(stream::limitExpansion);
    return true;
  }
}
