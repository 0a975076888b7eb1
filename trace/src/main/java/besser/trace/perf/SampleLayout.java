package besser.trace.perf;

/**
 * Where the fields of one event's records lie. The fields up to the period have fixed places; those
 * behind depend on the sample. The order is that of {@code PERF_RECORD_SAMPLE} in the kernel's
 * {@code perf_event.h}; the bits do not follow it.
 */
final class SampleLayout {
  static final int IP = 1;
  static final int TID = 1 << 1;
  static final int TIME = 1 << 2;
  static final int ADDR = 1 << 3;
  static final int READ = 1 << 4;
  static final int CALLCHAIN = 1 << 5;
  static final int ID = 1 << 6;
  static final int CPU = 1 << 7;
  static final int PERIOD = 1 << 8;
  static final int STREAM_ID = 1 << 9;
  static final int RAW = 1 << 10;
  static final int BRANCH_STACK = 1 << 11;
  static final int REGS_USER = 1 << 12;
  static final int STACK_USER = 1 << 13;
  static final int WEIGHT = 1 << 14;
  static final int DATA_SRC = 1 << 15;
  static final int IDENTIFIER = 1 << 16;
  static final int TRANSACTION = 1 << 17;
  static final int REGS_INTR = 1 << 18;
  static final int PHYS_ADDR = 1 << 19;
  static final int AUX = 1 << 20;
  static final int CGROUP = 1 << 21;
  static final int DATA_PAGE_SIZE = 1 << 22;
  static final int CODE_PAGE_SIZE = 1 << 23;
  static final int WEIGHT_STRUCT = 1 << 24;
  static final int KNOWN_BITS = (1 << 25) - 1;

  static final int ABSENT = -1;

  private static final int[] PREFIX_ORDER = {
    IDENTIFIER, IP, TID, TIME, ADDR, ID, STREAM_ID, CPU, PERIOD
  };
  private static final int[] TRAILER_ORDER = {TID, TIME, ID, STREAM_ID, CPU, IDENTIFIER};

  final PerfAttr attr;

  /** Offsets from the start of a sample record; {@link #ABSENT} where the field is not there. */
  final int ipOffset;

  final int tidOffset;
  final int timeOffset;
  final int addrOffset;
  final int streamIdOffset;
  final int cpuOffset;
  final int periodOffset;
  final int idOffset;
  final int prefixBytes;

  /** Offsets back from the end of any other record. */
  final int trailerTimeFromEnd;

  final int trailerIdFromEnd;
  final int trailerTidFromEnd;
  final int trailerCpuFromEnd;
  final int trailerBytes;

  private final boolean fixed;
  private final boolean onlyChain;

  SampleLayout(PerfAttr attr) {
    this.attr = attr;
    int prefix = IDENTIFIER | IP | TID | TIME | ADDR | ID | STREAM_ID | CPU | PERIOD;
    long behind = attr.sampleType() & KNOWN_BITS & ~prefix;
    fixed = behind == 0;
    onlyChain = behind == CALLCHAIN;
    ipOffset = inPrefix(IP);
    tidOffset = inPrefix(TID);
    timeOffset = inPrefix(TIME);
    addrOffset = inPrefix(ADDR);
    streamIdOffset = inPrefix(STREAM_ID);
    cpuOffset = inPrefix(CPU);
    periodOffset = inPrefix(PERIOD);
    idOffset = attr.has(IDENTIFIER) ? inPrefix(IDENTIFIER) : inPrefix(ID);
    prefixBytes = RecordType.HEADER_BYTES + Long.BYTES * countOf(PREFIX_ORDER);
    trailerBytes = attr.hasSampleIdAll() ? Long.BYTES * countOf(TRAILER_ORDER) : 0;
    trailerTimeFromEnd = inTrailer(TIME);
    trailerTidFromEnd = inTrailer(TID);
    trailerCpuFromEnd = inTrailer(CPU);
    trailerIdFromEnd = attr.has(IDENTIFIER) ? inTrailer(IDENTIFIER) : inTrailer(ID);
  }

  /** Whether a sample holds nothing behind its period. */
  boolean isFixed() {
    return fixed;
  }

  /** Whether a sample holds a call chain behind its period, and nothing else. */
  boolean isOnlyChain() {
    return onlyChain;
  }

  private int countOf(int[] order) {
    int count = 0;
    for (int bit : order) {
      count += attr.has(bit) ? 1 : 0;
    }
    return count;
  }

  private int inPrefix(int wanted) {
    int offset = RecordType.HEADER_BYTES;
    for (int bit : PREFIX_ORDER) {
      if (bit == wanted) {
        return attr.has(bit) ? offset : ABSENT;
      }
      offset += attr.has(bit) ? Long.BYTES : 0;
    }
    return ABSENT;
  }

  private int inTrailer(int wanted) {
    if (!attr.hasSampleIdAll() || !attr.has(wanted)) {
      return ABSENT;
    }
    int behind = 0;
    for (int i = TRAILER_ORDER.length - 1; TRAILER_ORDER[i] != wanted; i--) {
      behind += attr.has(TRAILER_ORDER[i]) ? Long.BYTES : 0;
    }
    return behind + Long.BYTES;
  }
}
