package besser.kernel.mmc;

import java.util.ArrayList;
import java.util.List;

/** A card with 16 registers that answers transfers with a pattern and errors from a script. */
final class ScriptedCard implements SdioCard {
  final int[] registers = new int[16];
  final List<Integer> transferResults = new ArrayList<>();
  final List<String> commands = new ArrayList<>();
  int directError;
  long busyNanos;
  Runnable onRead = () -> {};

  @Override
  public int readRegister(int function, int address) {
    commands.add("r" + function + ":" + address);
    if (directError != 0) return directError;
    onRead.run();
    return registers[address];
  }

  @Override
  public int writeRegister(int function, int address, int value) {
    commands.add("w" + function + ":" + address + "=" + value);
    if (directError != 0) return directError;
    registers[address] = value;
    return 0;
  }

  @Override
  public int transfer(int argument, boolean write, byte[] data, int length) {
    commands.add((write ? "W" : "R") + length);
    int result = transferResults.isEmpty() ? 0 : transferResults.removeFirst();
    if (result == 0 && !write) for (int i = 0; i < length; i++) data[i] = (byte) i;
    return result;
  }

  @Override
  public long busyNanos() {
    return busyNanos;
  }
}
