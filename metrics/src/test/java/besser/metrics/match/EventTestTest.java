package besser.metrics.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.metrics.Filter;
import besser.trace.EventFormat;
import besser.trace.Field;
import besser.trace.KernelSymbols;
import besser.trace.KernelSymbols.Symbol;
import besser.trace.MemoryEvent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EventTestTest {
  private static final Field POINTER =
      new Field("function", "void *", 0, 0, 8, 8, false, Field.Kind.NUMBER);
  private static final Field SIGNED = new Field("pid", "int", 1, 8, 4, 4, true, Field.Kind.NUMBER);
  private static final Field UNSIGNED =
      new Field("vec", "unsigned int", 2, 12, 4, 4, false, Field.Kind.NUMBER);
  private static final Field TEXT =
      new Field("name", "char[]", 3, 16, 16, 1, true, Field.Kind.TEXT);
  private static final EventFormat FORMAT =
      new EventFormat(5, "irq", "made_up", List.of(), List.of(POINTER, SIGNED, UNSIGNED, TEXT), "");
  private static final AddressNames NAMES =
      AddressNames.of(
          new KernelSymbols(
              List.of(
                  new Symbol(0xffff_8000_0000_1000L, 't', "sdio_rx_work", "bes2600"),
                  new Symbol(0xffff_8000_0000_2000L, 't', "probe", ""),
                  new Symbol(0xffff_8000_0000_3000L, 't', "probe", "other"),
                  new Symbol(0xffff_8000_0000_4000L, 't', "bh_work.isra.0", "bes2600"))));

  private static boolean passes(String filter, long function, int pid, long vec, String name) {
    MemoryEvent event = new MemoryEvent(FORMAT);
    event.begin(FORMAT, 1000, 3, 42, "kworker/0:1H");
    event.set(POINTER, function);
    event.set(SIGNED, pid);
    event.set(UNSIGNED, vec);
    event.set(TEXT, name);
    return EventTest.compile(Optional.of(Filter.parse(filter)), FORMAT, NAMES).test(event);
  }

  private static boolean passes(String filter) {
    return passes(filter, 0xffff_8000_0000_1000L, -7, 0xffff_fff0L, "dw-mci");
  }

  @Test
  void comparesFunctionPointersByTheirSymbol() {
    assertTrue(passes("function == sdio_rx_work"));
    assertFalse(passes("function != sdio_rx_work"));
    assertFalse(passes("function == bh_work"));
    assertTrue(passes("function == bh_work", 0xffff_8000_0000_4000L, 0, 0, ""));
    assertTrue(passes("function ~ sdio_*_work"));
    assertFalse(passes("function == sdio_rx_work", 0xffff_8000_0000_1004L, 0, 0, ""));
  }

  @Test
  void acceptsEverySymbolOfANameThatIsNotUnique() {
    assertTrue(passes("function == probe", 0xffff_8000_0000_2000L, 0, 0, ""));
    assertTrue(passes("function == probe", 0xffff_8000_0000_3000L, 0, 0, ""));
    assertFalse(passes("function == probe", 0xffff_8000_0000_1000L, 0, 0, ""));
  }

  @Test
  void comparesNumbersAsDeclared() {
    assertTrue(passes("pid == -7"));
    assertTrue(passes("pid < 0 && pid <= -7 && pid > -8 && pid >= -7"));
    assertFalse(passes("vec < 5"));
    assertTrue(passes("vec > 0x10"));
    assertTrue(passes("vec == -16"));
    assertTrue(passes("vec & 0x10"));
    assertFalse(passes("vec & 0xf"));
    assertTrue(passes("function == 0xffff800000001000"));
  }

  @Test
  void comparesTexts() {
    assertTrue(passes("name == dw-mci"));
    assertFalse(passes("name == dw-mc"));
    assertFalse(passes("name == dw-mci1"));
    assertTrue(passes("name != eth0"));
    assertTrue(passes("name ~ dw*"));
    assertTrue(passes("name ~ *mci"));
    assertTrue(passes("name ~ d?-*i"));
    assertFalse(passes("name ~ d?-*x"));
    assertTrue(passes("name ~ *"));
  }

  @Test
  void knowsWhatEveryEventHas() {
    assertTrue(passes("cpu == 3 && common_pid == 42 && comm ~ kworker/*H"));
    assertFalse(passes("cpu != 3 || common_pid > 42 || comm == kworker"));
  }

  @Test
  void joinsParts() {
    assertTrue(passes("(pid == 1 || name == dw-mci) && function == sdio_rx_work"));
    assertFalse(passes("pid == 1 || name == dw-mci && function == probe"));
  }

  @Test
  void saysWhatCannotBeCompared() {
    assertRefuses("line == 3", "irq:made_up has no field line, it has [function, pid, vec, name]");
    assertRefuses("function == nobody", "the capture's kernel symbols do not name nobody");
    assertRefuses("name < 3", "name of irq:made_up is a text: compare it with ==, != or ~, got <");
    assertRefuses("pid < many", "value of pid < must be a number, got many");
    assertRefuses("pid ~ 5", "pid is a number: ~ compares texts only");
  }

  private static void assertRefuses(String filter, String message) {
    UnresolvedFilterException refused =
        assertThrows(UnresolvedFilterException.class, () -> passes(filter));
    assertEquals(message, refused.getMessage());
  }

  @Test
  void namesAddressesAsTheyAreMet() {
    AddressNames asMet =
        AddressNames.asMet(address -> address == 0x50 ? "sdio_rx_work" : "somebody_else");
    EventTest test =
        EventTest.compile(Optional.of(Filter.parse("function == sdio_rx_work")), FORMAT, asMet);
    MemoryEvent event = new MemoryEvent(FORMAT);
    for (long address : new long[] {0x60, 0x50, 0x40, 0x50, 0x60}) {
      event.begin(FORMAT, 0, 0, 0, "");
      event.set(POINTER, address);
      assertEquals(address == 0x50, test.test(event));
    }
  }

  @Test
  void findsLocksByTheExpressionTheyWereInitialisedWith() {
    assertTrue(LockName.of("rx_queue_lock").matches("&self->rx_queue_lock"));
    assertTrue(LockName.of("rx_queue->lock").matches("&self->rx_queue.lock"));
    assertTrue(LockName.of("rx_queue.lock").matches("rx_queue->lock"));
    assertFalse(LockName.of("queue_lock").matches("&self->rx_queue_lock"));
    assertFalse(LockName.of("self->rx_queue_lock").matches("rx_queue_lock"));
  }
}
