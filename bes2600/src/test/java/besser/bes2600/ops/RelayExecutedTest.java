package besser.bes2600.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.bes2600.driver.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver as shipped, executed elsewhere, against the relay topology. */
class RelayExecutedTest {
  /** One row: the scenario and every figure that was taken. */
  record Row(String scenario, Map<String, Integer> figures) {
    @Override
    public String toString() {
      return scenario;
    }
  }

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    String[] columns = {};
    for (String line : resource("relay-executed.txt").lines().toList()) {
      if (line.startsWith("#")) continue;
      String[] cells = line.split("\\|", -1);
      for (int i = 0; i < cells.length; i++) cells[i] = cells[i].strip();
      if (columns.length == 0) {
        columns = cells;
      } else {
        Map<String, Integer> figures = new TreeMap<>();
        for (int i = 1; i < cells.length; i++) {
          if (!cells[i].equals("-")) figures.put(columns[i], Integer.valueOf(cells[i]));
        }
        rows.add(new Row(cells[0], figures));
      }
    }
    return rows;
  }

  static String resource(String name) {
    try (InputStream in = RelayExecutedTest.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException("no resource " + name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void relayDoesWhatTheDriverDid(Row row) {
    Map<String, Integer> counted = figures(Scenarios.play(Variant.RELAY, row.scenario()));
    counted.keySet().retainAll(row.figures().keySet());
    assertEquals(row.figures(), counted);
  }

  @Test
  void everyScenarioThatWasExecutedIsThere() {
    assertEquals(28, rows().size());
    assertTrue(rows().stream().allMatch(row -> row.figures().size() > 15));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16})
  void locksFollowTheClosedFormsWithNothingOutstanding(int frames) {
    Operations counted = Scenarios.play(Variant.RELAY, "receive " + frames + ", 0 outstanding");
    int attempts = frames / 3 + 1;
    assertEquals(attempts, counted.txAttempts());
    assertEquals(5 * frames + 3 + 4 * attempts, counted.locks().plain());
    assertEquals(5 * frames + 3 + 2 * attempts, counted.locks().irqsave());
    assertEquals(frames + 5 * attempts, counted.locks().bh());
    assertEquals(10 + 3 * attempts, counted.atomicUpdates());
    assertEquals(attempts, counted.memory().dumps());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16})
  void locksFollowTheClosedFormsWithOneOutstanding(int frames) {
    Operations counted = Scenarios.play(Variant.RELAY, "receive " + frames + ", 1 outstanding");
    int attempts = frames / 3 + 1;
    assertEquals(5 * frames + 4 + 4 * attempts, counted.locks().plain());
    assertEquals(5 * frames + 2, counted.locks().irqsave());
    assertEquals(frames + 5 * attempts, counted.locks().bh());
    assertEquals(2, counted.queueing().rxWork());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 13})
  void locksFollowTheClosedFormsForAMultiConfirm(int frames) {
    Operations counted = Scenarios.play(Variant.RELAY, "multi confirm of " + frames);
    assertEquals(12 + 3 * frames, counted.locks().plain());
    assertEquals(11, counted.locks().irqsave());
    assertEquals(5 + 4 * frames, counted.locks().bh());
    assertEquals(frames, counted.txStatuses());
  }

  private static Map<String, Integer> figures(Operations counted) {
    Map<String, Integer> figures = new TreeMap<>();
    figures.put("plain", counted.locks().plain());
    figures.put("irqsave", counted.locks().irqsave());
    figures.put("bh", counted.locks().bh());
    figures.put("total", counted.locks().total());
    figures.put("bh_wq", counted.locks().bhWq());
    figures.put("T", counted.txAttempts());
    figures.put("queue_work", counted.queueing().total());
    figures.put("rx", counted.queueing().rxWork());
    figures.put("rx_new", counted.queueing().rxWorkNew());
    figures.put("tx", counted.queueing().txWork());
    figures.put("tx_new", counted.queueing().txWorkNew());
    figures.put("wake_bh", counted.wakes().bh());
    figures.put("wake_evt", counted.wakes().evt());
    figures.put("wake_other", counted.wakes().other());
    figures.put("cmd52_r", counted.bus().cmd52Reads());
    figures.put("cmd53_r", counted.bus().cmd53Reads());
    figures.put("cmd53_w", counted.bus().cmd53Writes());
    figures.put("claims", counted.bus().claims());
    figures.put("dump", counted.memory().dumps());
    figures.put("pad", counted.memory().pads());
    figures.put("skb", counted.memory().skbs());
    figures.put("descriptor", counted.memory().descriptors());
    figures.put("mod_timer", counted.timers().armed());
    figures.put("del_timer", counted.timers().deleted());
    figures.put("rmw", counted.atomicUpdates());
    figures.put("contexts", counted.contexts());
    figures.put("in_ba", counted.softirqs().baUnlock());
    figures.put("in_ps", counted.softirqs().psUnlock());
    figures.put("elsewhere", counted.softirqs().elsewhere());
    figures.put("delivered", counted.delivered());
    figures.put("tx_status", counted.txStatuses());
    figures.put("warn", counted.warnings());
    return figures;
  }
}
