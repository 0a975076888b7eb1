package besser.kernel.machine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Interrupt lines in order of raising; allocates only to grow. */
final class LineQueue {
  private @Nullable SimIrqLine[] lines = new @Nullable SimIrqLine[4];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  SimIrqLine get(int i) {
    SimIrqLine line = lines[i];
    if (line == null) throw new IndexOutOfBoundsException(i);
    return line;
  }

  void add(SimIrqLine line) {
    if (size == lines.length) lines = Arrays.copyOf(lines, 2 * size);
    lines[size++] = line;
  }

  SimIrqLine poll() {
    SimIrqLine first = get(0);
    removeAt(0);
    return first;
  }

  void remove(SimIrqLine line) {
    for (int i = 0; i < size; i++) {
      if (lines[i] == line) {
        removeAt(i);
        return;
      }
    }
  }

  void moveToFront(int i) {
    SimIrqLine line = get(i);
    System.arraycopy(lines, 0, lines, 1, i);
    lines[0] = line;
  }

  private void removeAt(int i) {
    System.arraycopy(lines, i + 1, lines, i, size - i - 1);
    lines[--size] = null;
  }
}
