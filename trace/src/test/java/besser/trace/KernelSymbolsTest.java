package besser.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class KernelSymbolsTest {
  private final IssueCounts issues = new IssueCounts();

  @Test
  void findsTheSymbolThatCoversAnAddress() {
    KernelSymbols symbols =
        KernelSymbols.parse(
            """
            ffffffff81000100 T second
            ffffffff81000000 T first
            ffffffffc0000000 t rx_work\t[bes2600]
            """,
            "kallsyms",
            issues);

    assertEquals(-1, symbols.indexOf(0x1000));
    assertEquals("first", symbols.symbol(symbols.indexOf(0xffffffff810000ffL)).name());
    assertEquals("second", symbols.symbol(symbols.indexOf(0xffffffff81000100L)).name());
    Frame frame = symbols.frame(symbols.indexOf(0xffffffffc0000010L));
    assertEquals(new Frame("rx_work", "[bes2600]", Frame.Space.KERNEL), frame);
    assertSame(frame, symbols.frame(symbols.indexOf("rx_work").orElseThrow()));
    assertEquals(0, issues.count(Issue.UNPARSED_LINE));
  }

  @Test
  void countsLinesThatAreNoSymbols() {
    KernelSymbols symbols = KernelSymbols.parse("nonsense\n10 T ok\nzz T bad\n", "k", issues);

    assertEquals(1, symbols.size());
    assertEquals(2, issues.count(Issue.UNPARSED_LINE));
    assertEquals("k: offset 0", issues.firstPlace(Issue.UNPARSED_LINE));
  }
}
