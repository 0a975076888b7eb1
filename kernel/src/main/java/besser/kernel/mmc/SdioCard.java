package besser.kernel.mmc;

/** The card's side of the bus: what the host controller's commands meet. Runs outside the CPUs. */
public interface SdioCard {
  /** CMD52 read: the byte as 0 to 255, or a negative {@link besser.kernel.Errno}. */
  int readRegister(int function, int address);

  /** CMD52 write: 0 or a negative error. */
  int writeRegister(int function, int address, int value);

  /** CMD53, with the raw argument; fills or takes {@code data}; 0 or a negative error. */
  int transfer(int argument, boolean write, byte[] data, int length);

  /**
   * How long the card lets the command wait that it is about to be given, in nanoseconds beyond the
   * bus's own time; asked once per command.
   */
  default long busyNanos() {
    return 0;
  }
}
