package besser.trace.perf;

import java.util.Objects;

/**
 * The fields of a sample whose place depends on the sample. Every length in it is checked once
 * against the record's size, when the sample is reached.
 */
public final class SampleBody {
  private static final int ABSENT = SampleLayout.ABSENT;
  private static final int FORMAT_ENABLED = 1;
  private static final int FORMAT_RUNNING = 1 << 1;
  private static final int FORMAT_ID = 1 << 2;
  private static final int FORMAT_GROUP = 1 << 3;
  private static final int FORMAT_LOST = 1 << 4;
  private static final long BRANCH_HW_INDEX = 1L << 17;
  private static final int BRANCH_BYTES = 24;

  private Bytes bytes = new Bytes(new byte[0], false);
  private SampleLayout layout = new SampleLayout(new PerfAttr(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  private int at;
  private int end;
  private boolean fits;
  private int countersAt;
  private int counterBytes;
  private int counterCount;
  private int chainAt;
  private int chainLength;
  private int rawAt;
  private int rawBytes;
  private int branchesAt;
  private int branchCount;
  private int userRegistersAt;
  private int stackAt;
  private int stackBytes;
  private int weightAt;
  private int dataSourceAt;
  private int transactionAt;
  private int interruptRegistersAt;
  private int physicalAddressAt;
  private int cgroupAt;
  private int dataPageAt;
  private int codePageAt;
  private int auxAt;
  private int auxBytes;

  SampleBody() {
    clear();
  }

  /** Finds all fields; false when they do not fit the record. */
  boolean parse(Bytes from, int recordAt, int size, SampleLayout itsLayout) {
    bytes = from;
    if (layout != itsLayout) {
      layout = itsLayout;
      clear();
    }
    if (itsLayout.isFixed()) {
      return true;
    }
    at = recordAt + itsLayout.prefixBytes;
    end = recordAt + size;
    if (itsLayout.isOnlyChain()) {
      return parseOnlyChain();
    }
    fits = true;
    counterCount = 0;
    if (has(SampleLayout.READ)) {
      parseCounterValues();
    }
    parseChain();
    parseRaw();
    branchCount = 0;
    userRegistersAt = ABSENT;
    stackBytes = 0;
    auxBytes = 0;
    parseBranches();
    userRegistersAt = registers(SampleLayout.REGS_USER, layout.attr.userRegisters());
    parseStack();
    weightAt = word(SampleLayout.WEIGHT | SampleLayout.WEIGHT_STRUCT);
    dataSourceAt = word(SampleLayout.DATA_SRC);
    transactionAt = word(SampleLayout.TRANSACTION);
    interruptRegistersAt = registers(SampleLayout.REGS_INTR, layout.attr.interruptRegisters());
    physicalAddressAt = word(SampleLayout.PHYS_ADDR);
    cgroupAt = word(SampleLayout.CGROUP);
    dataPageAt = word(SampleLayout.DATA_PAGE_SIZE);
    codePageAt = word(SampleLayout.CODE_PAGE_SIZE);
    parseAux();
    return fits;
  }

  /** Forgets what samples of another layout had. */
  private void clear() {
    counterCount = 0;
    chainLength = 0;
    rawBytes = 0;
    branchCount = 0;
    userRegistersAt = ABSENT;
    stackBytes = 0;
    weightAt = ABSENT;
    dataSourceAt = ABSENT;
    transactionAt = ABSENT;
    interruptRegistersAt = ABSENT;
    physicalAddressAt = ABSENT;
    cgroupAt = ABSENT;
    dataPageAt = ABSENT;
    codePageAt = ABSENT;
    auxBytes = 0;
  }

  /** What nearly all samples are: the other fields are absent in all of this layout. */
  private boolean parseOnlyChain() {
    if (end - at < Long.BYTES) {
      return false;
    }
    long count = bytes.i64(at);
    if (count < 0 || count > (end - at) / Long.BYTES - 1) {
      return false;
    }
    chainAt = at + Long.BYTES;
    chainLength = (int) count;
    return true;
  }

  private boolean has(int bits) {
    return (layout.attr.sampleType() & bits) != 0;
  }

  /** Moves over bytes; answers where they start, or {@link #ABSENT} when they do not fit. */
  private int take(long count) {
    if (!fits || count < 0 || count > end - at) {
      fits = false;
      return ABSENT;
    }
    int start = at;
    at += (int) count;
    return start;
  }

  private int word(int bits) {
    return has(bits) ? take(Long.BYTES) : ABSENT;
  }

  private void parseCounterValues() {
    long format = layout.attr.readFormat();
    int times = Long.bitCount(format & (FORMAT_ENABLED | FORMAT_RUNNING));
    counterBytes = Long.BYTES * (1 + Long.bitCount(format & (FORMAT_ID | FORMAT_LOST)));
    long count = 1;
    if ((format & FORMAT_GROUP) != 0) {
      int countAt = take(Long.BYTES);
      count = countAt == ABSENT ? 0 : bytes.i64(countAt);
      take((long) times * Long.BYTES);
      countersAt = takeMany(count, counterBytes);
    } else {
      // the value of a single counter stands before the times, its id behind
      countersAt = take(Long.BYTES);
      counterBytes = Long.BYTES * (1 + times);
      take((long) (times + Long.bitCount(format & (FORMAT_ID | FORMAT_LOST))) * Long.BYTES);
    }
    counterCount = countersAt == ABSENT ? 0 : (int) count;
  }

  /** Takes {@code count} entries without overflow, whatever the count claims. */
  private int takeMany(long count, int entryBytes) {
    if (count < 0 || count > RecordType.LIMIT_BYTES) {
      fits = false;
      return ABSENT;
    }
    return take(count * entryBytes);
  }

  private void parseChain() {
    chainLength = 0;
    int countAt = word(SampleLayout.CALLCHAIN);
    if (countAt == ABSENT) {
      return;
    }
    long count = bytes.i64(countAt);
    chainAt = takeMany(count, Long.BYTES);
    chainLength = chainAt == ABSENT ? 0 : (int) count;
  }

  private void parseRaw() {
    rawBytes = 0;
    int sizeAt = has(SampleLayout.RAW) ? take(Integer.BYTES) : ABSENT;
    if (sizeAt == ABSENT) {
      return;
    }
    long size = bytes.u32(sizeAt);
    rawAt = take(size);
    rawBytes = rawAt == ABSENT ? 0 : (int) size;
  }

  private void parseBranches() {
    int countAt = word(SampleLayout.BRANCH_STACK);
    if (countAt == ABSENT) {
      return;
    }
    if ((layout.attr.branchSampleType() & BRANCH_HW_INDEX) != 0) {
      take(Long.BYTES);
    }
    long count = bytes.i64(countAt);
    branchesAt = takeMany(count, BRANCH_BYTES);
    branchCount = branchesAt == ABSENT ? 0 : (int) count;
  }

  private int registers(int bit, long mask) {
    int abiAt = word(bit);
    if (abiAt == ABSENT || bytes.i64(abiAt) == 0) {
      return ABSENT;
    }
    return take((long) Long.bitCount(mask) * Long.BYTES);
  }

  private void parseStack() {
    int sizeAt = word(SampleLayout.STACK_USER);
    if (sizeAt == ABSENT || bytes.i64(sizeAt) == 0) {
      return;
    }
    stackAt = take(bytes.i64(sizeAt));
    int usedAt = take(Long.BYTES);
    if (usedAt != ABSENT) {
      long used = bytes.i64(usedAt);
      long given = bytes.i64(sizeAt);
      stackBytes = (int) (Long.compareUnsigned(used, given) < 0 ? used : given);
    }
  }

  private void parseAux() {
    int sizeAt = word(SampleLayout.AUX);
    if (sizeAt != ABSENT) {
      long size = bytes.i64(sizeAt);
      auxAt = take(size);
      auxBytes = auxAt == ABSENT ? 0 : (int) size;
    }
  }

  private long value(int place) {
    return layout.isFixed() || place == ABSENT ? 0 : bytes.i64(place);
  }

  int chainLength() {
    return chainLength;
  }

  long chainEntry(int index) {
    return bytes.i64(chainAt + index * Long.BYTES);
  }

  /** Size of the raw data, which for a tracepoint is the event as ftrace would record it. */
  public int rawBytes() {
    return rawBytes;
  }

  /** What the raw data is in, from {@link #rawAt} on. */
  Bytes bytes() {
    return bytes;
  }

  int rawAt() {
    return rawAt;
  }

  /** Number of counters read with the sample: one, or all of its group. */
  public int counterCount() {
    return layout.isFixed() ? 0 : counterCount;
  }

  /** What a counter stood at. */
  public long counterValue(int index) {
    return bytes.i64(countersAt + Objects.checkIndex(index, counterCount()) * stride());
  }

  /** The id of a counter; one of {@link PerfEvent#ids}, 0 when ids were not recorded. */
  public long counterId(int index) {
    if ((layout.attr.readFormat() & FORMAT_ID) == 0) {
      return 0;
    }
    int valueAt = countersAt + Objects.checkIndex(index, counterCount()) * stride();
    return bytes.i64(valueAt + (isGrouped() ? Long.BYTES : counterBytes));
  }

  private boolean isGrouped() {
    return (layout.attr.readFormat() & FORMAT_GROUP) != 0;
  }

  private int stride() {
    return counterBytes;
  }

  /** Number of recorded branches, newest first. */
  public int branchCount() {
    return layout.isFixed() ? 0 : branchCount;
  }

  /** Where a branch came from. */
  public long branchFrom(int index) {
    return bytes.i64(branchesAt + Objects.checkIndex(index, branchCount()) * BRANCH_BYTES);
  }

  /** Where a branch went to. */
  public long branchTo(int index) {
    return bytes.i64(branchesAt + 8 + Objects.checkIndex(index, branchCount()) * BRANCH_BYTES);
  }

  /** Number of user registers, in the order of the bits of {@link PerfAttr#userRegisters}. */
  public int userRegisterCount() {
    return layout.isFixed() || userRegistersAt == ABSENT
        ? 0
        : Long.bitCount(layout.attr.userRegisters());
  }

  /** A user register. */
  public long userRegister(int index) {
    return bytes.i64(userRegistersAt + Objects.checkIndex(index, userRegisterCount()) * 8);
  }

  /** Number of registers at the interrupt. */
  public int interruptRegisterCount() {
    return layout.isFixed() || interruptRegistersAt == ABSENT
        ? 0
        : Long.bitCount(layout.attr.interruptRegisters());
  }

  /** A register at the interrupt. */
  public long interruptRegister(int index) {
    int place = Objects.checkIndex(index, interruptRegisterCount()) * Long.BYTES;
    return bytes.i64(interruptRegistersAt + place);
  }

  /** Bytes of user stack that were copied and are meaningful. */
  public int stackBytes() {
    return layout.isFixed() ? 0 : stackBytes;
  }

  /** One byte of the copied user stack, from its top. */
  public int stackByte(int index) {
    return bytes.u8(stackAt + Objects.checkIndex(index, stackBytes()));
  }

  /** Cost the hardware measured, such as a load's latency in cycles. */
  public long weight() {
    return value(weightAt);
  }

  /** Where a load was served from ({@code union perf_mem_data_src}). */
  public long dataSource() {
    return value(dataSourceAt);
  }

  /** Flags of a hardware transaction. */
  public long transaction() {
    return value(transactionAt);
  }

  /** Physical address of {@link PerfSample#dataAddress}. */
  public long physicalAddress() {
    return value(physicalAddressAt);
  }

  /** Inode number of the cgroup. */
  public long cgroup() {
    return value(cgroupAt);
  }

  /** Size of the page the data address is in, in bytes. */
  public long dataPageBytes() {
    return value(dataPageAt);
  }

  /** Size of the page the code address is in, in bytes. */
  public long codePageBytes() {
    return value(codePageAt);
  }

  /** Bytes of AUX area data that came with the sample. */
  public int auxBytes() {
    return layout.isFixed() ? 0 : auxBytes;
  }
}
