package besser.trace.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.trace.TraceFormatException;
import besser.trace.mutation.Mutator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Symbol tables of this machine's own objects, sound and damaged. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ElfSymbolsTest {
  private static final long SEED = Long.getLong("mutation.seed", 20260102);
  private static final int INPUTS = Integer.getInteger("mutation.inputs", 2000);

  private final Sites sites = new Sites(false);

  @Test
  void readsTheBuildIdThatFileTellsUs() throws IOException {
    try (ElfFile elf = ElfFile.open(Path.of("/bin/true"))) {
      List<String> printed = PerfTool.lines(List.of("perf", "buildid-list", "-i", "/bin/true"));
      assertEquals(printed.getFirst().strip(), elf.buildId().orElse(""));
    }
  }

  @Test
  void findsAFunctionThroughoutItsSize() {
    AddressTable table =
        new AddressTable(
            new long[] {16, 64},
            new long[] {32, 80},
            index -> sites.site("f" + index, "m", besser.trace.Frame.Space.USER));

    assertEquals("f0", nameAt(table, 31));
    assertEquals("", nameAt(table, 32));
    assertEquals("f1", nameAt(table, 64));
    assertEquals("", nameAt(table, 15));
  }

  private static String nameAt(AddressTable table, long address) {
    Site site = table.find(address);
    return site == null ? "" : site.frame().symbol();
  }

  @Test
  void survivesDamagedObjects() throws IOException {
    byte[] sound = Files.readAllBytes(Path.of("/bin/true"));
    try (ElfFile elf = ElfFile.of(sound, "true")) {
      assertTrue(ElfSymbols.read(elf, elf, "true", sites).size() > 0);
    }
    Mutator mutator = new Mutator(SEED, List.of(headerAndTables(sound), sound));
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = mutator.next();
      try (ElfFile elf = ElfFile.of(input, "damaged")) {
        assertNotNull(ElfSymbols.read(elf, elf, "damaged", sites));
        assertNotNull(elf.buildId());
      } catch (TraceFormatException e) {
        assertTrue(e.offset() >= 0, e.toString());
      } catch (RuntimeException | Error e) {
        Path find = Files.createTempFile("elf-find", ".bin");
        Files.write(find, input);
        throw new AssertionError("mutation %d of seed %d, kept in %s".formatted(i, SEED, find), e);
      }
    }
  }

  /** Mutations of a whole object mostly hit code; without its code they hit what is read here. */
  private static byte[] headerAndTables(byte[] sound) {
    byte[] tables = sound.clone();
    Bytes bytes = new Bytes(tables, false);
    int sectionsAt = (int) bytes.i64(40);
    int kept = 4096;
    byte[] small = new byte[kept + tables.length - sectionsAt];
    System.arraycopy(tables, 0, small, 0, kept);
    System.arraycopy(tables, sectionsAt, small, kept, tables.length - sectionsAt);
    for (int i = 0; i < Long.BYTES; i++) {
      small[40 + i] = (byte) ((long) kept >>> (8 * i));
    }
    return small;
  }
}
