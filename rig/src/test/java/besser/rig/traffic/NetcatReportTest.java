package besser.rig.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NetcatReportTest {
  @Test
  void readsWhatTheDevicesShellSays() {
    NetcatReport report = new NetcatReport();
    report.hear("interface wlan0");
    report.hear("s 12.50 4096 100 2 0 0");
    report.hear("ready 1000");
    assertTrue(report.now().ready());
    assertFalse(report.now().ended());
    report.hear("end 13.75 10096 5300 6 1 2");
    NetcatReport.State state = report.now();
    assertTrue(state.ended());
    assertEquals(Optional.of(9096L), state.looks().get(1).readBytes());
    assertEquals(
        Optional.of(new InterfaceCount("wlan0", 5300, 6, 1, 2)), state.looks().get(1).counters());
  }

  @Test
  void aKernelWithoutAccountsOrCountersIsNoError() {
    NetcatReport report = new NetcatReport();
    report.hear("interface ");
    report.hear("s 12.50 -1 -1 -1 -1 -1");
    report.hear("ready -1");
    report.hear("end 13.75 -1 -1 -1 -1 -1");
    assertTrue(report.now().ready());
    assertTrue(report.now().ended());
    assertEquals(Optional.empty(), report.now().looks().getLast().readBytes());
    assertEquals(Optional.empty(), report.now().looks().getFirst().readBytes());
    assertEquals(Optional.empty(), report.now().looks().getFirst().counters());
  }

  @Test
  void whatItDoesNotUnderstandIsKeptForTheReader() {
    NetcatReport report = new NetcatReport();
    report.hear("s 12.50 what");
    report.hear("Welcome to ohm!");
    assertEquals(List.of("s 12.50 what", "Welcome to ohm!"), report.now().said());
  }
}
