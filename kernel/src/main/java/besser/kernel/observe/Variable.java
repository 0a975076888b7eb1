package besser.kernel.observe;

/** A variable in shared memory as observers see it. */
public interface Variable {
  /** How it is accessed. */
  enum Access {
    /** A plain load. */
    READ(false, false),
    /** A plain store. */
    WRITE(true, false),
    /** {@code READ_ONCE} or {@code atomic_read}. */
    READ_ONCE(false, true),
    /** A plain load inside {@code data_race()}, which KCSAN does not look at. */
    DATA_RACE(false, true),
    /** {@code WRITE_ONCE} or {@code atomic_set}. */
    WRITE_ONCE(true, true),
    /** An atomic read-modify-write without ordering, such as {@code atomic_add}. */
    ATOMIC_RELAXED(true, true),
    /** A fully ordered atomic read-modify-write, such as {@code atomic_xchg}. */
    ATOMIC_ORDERED(true, true);

    private final boolean write;
    private final boolean marked;

    Access(boolean write, boolean marked) {
      this.write = write;
      this.marked = marked;
    }

    /** Whether it stores. */
    public boolean isWrite() {
      return write;
    }

    /** Whether the kernel's memory model counts it as marked, so that it cannot race. */
    public boolean isMarked() {
      return marked;
    }
  }

  /** Its name as the source spells it. */
  String variableName();

  /** Dense number from 0, unique in its machine. */
  int variableId();
}
