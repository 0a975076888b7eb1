package besser.trace.format;

import besser.trace.IssueCounts;
import besser.trace.KernelSymbols;
import besser.trace.TaskNames;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * What rendering needs to know about the traced machine.
 *
 * @param order its byte order
 * @param longBytes size of its kernel's {@code long}: 4 or 8
 * @param symbols its kernel's symbols
 * @param printkFormats texts by their kernel address, as tracefs' {@code printk_formats} lists them
 * @param taskNames names known before the first event
 * @param style which trace-cmd's text is to be matched
 * @param issues where print formats beyond this library are counted
 */
public record TextContext(
    ByteOrder order,
    int longBytes,
    KernelSymbols symbols,
    Map<Long, String> printkFormats,
    TaskNames taskNames,
    ReportStyle style,
    IssueCounts issues) {
  public TextContext {
    if (longBytes != 4 && longBytes != 8) {
      throw new IllegalArgumentException("size of long must be 4 or 8, got " + longBytes);
    }
  }
}
