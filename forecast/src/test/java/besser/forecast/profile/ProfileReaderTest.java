package besser.forecast.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import besser.bes2600.environment.FaultKind;
import besser.bes2600.station.StationParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileReaderTest {
  private static final Path PINETAB2 = Path.of("../profiles/pinetab2.yaml");

  private static String pinetab2() throws IOException {
    return Files.readString(PINETAB2);
  }

  private static List<ProfileProblem> problemsOf(String text) {
    return assertThrows(ProfileRejected.class, () -> ProfileReader.read("x.yaml", text)).problems();
  }

  @Test
  void readsThePineTab2WithEveryFigureInsideItsRange() throws IOException {
    Profile profile = ProfileReader.read(PINETAB2);
    assertEquals("pinetab2", profile.name());
    assertEquals(250, profile.integer("machine.hz"));
    assertEquals(64, profile.sha256().length());
    for (Parameter parameter : profile.parameters()) {
      assertTrue(!parameter.source().isBlank(), parameter.name());
    }
  }

  @Test
  void mapsToAStation() throws IOException {
    StationParameters station = StationMapping.of(ProfileReader.read(PINETAB2), 1);
    assertEquals(4, station.cpus());
    assertEquals(1448, station.traffic().tcp().segmentBytes());
    assertTrue(station.faults().isEmpty());
  }

  @Test
  void namesLineColumnExpectedAndFound() throws IOException {
    String text =
        pinetab2().replace("{value: 250, range: [250, 1000]", "{value: 50, range: [250, 1000]");
    List<ProfileProblem> problems = problemsOf(text);
    assertEquals(1, problems.size());
    ProfileProblem problem = problems.getFirst();
    assertEquals("a value in 250.0..1000.0", problem.expected());
    assertEquals("50.0", problem.found());
    String line = text.lines().skip(problem.line() - 1).findFirst().orElse("");
    assertEquals("50,", line.substring(problem.column() - 1, problem.column() + 2));
  }

  @Test
  void findsEverythingWrongAtOnce() throws IOException {
    String text =
        pinetab2()
            .replace("unit: GHz", "unit: MHz")
            .replace("dtim_period:", "dtim_perriod:")
            .replace("choices: [tcp, udp]", "choices: [sctp]");
    List<String> found = problemsOf(text).stream().map(ProfileProblem::toString).toList();
    assertEquals(4, found.size(), found.toString());
    assertTrue(found.stream().anyMatch(p -> p.contains("expected unit GHz, found unit MHz")));
    assertTrue(found.stream().anyMatch(p -> p.contains("air.beacons.dtim_perriod")));
    assertTrue(found.stream().anyMatch(p -> p.contains("a parameter air.beacons.dtim_period")));
    assertTrue(found.stream().anyMatch(p -> p.contains("one of [sctp], found tcp")));
  }

  @Test
  void refusesWhatIsNotYaml() {
    List<ProfileProblem> problems = problemsOf("profile: [\n");
    assertEquals(1, problems.size());
    assertEquals("YAML", problems.getFirst().expected());
  }

  @Test
  void readsFaultsAndKeepsThoseOfTheRepetition() throws IOException {
    String text =
        pinetab2()
            .replace(
                "faults: []",
                """
                faults:
                  - {fault: decrypt-failure, from_s: 150, probability: 0.97, repetition: 3}
                  - {fault: sdio-irq-lost, probability: 0.001}
                """);
    Profile profile = ProfileReader.read("x.yaml", text);
    assertEquals(2, profile.faults().size());
    assertEquals(1, StationMapping.of(profile, 1).faults().size());
    StationParameters third = StationMapping.of(profile, 3);
    assertEquals(FaultKind.DECRYPT_FAILURE, third.faults().getFirst().kind());
    assertEquals(150_000_000_000L, third.faults().getFirst().fromNanos());
  }

  @Test
  void refusesAnUnknownFaultWithThoseThereAre() throws IOException {
    String text = pinetab2().replace("faults: []", "faults:\n  - {fault: gremlin}\n");
    List<ProfileProblem> problems = problemsOf(text);
    assertEquals(1, problems.size());
    assertTrue(problems.getFirst().expected().contains("sdio-irq-lost"));
  }

  @Test
  void aChangedFigureMustStayInItsRange() throws IOException {
    Profile profile = ProfileReader.read(PINETAB2);
    assertEquals(500, profile.with("card.rx_frame", 500).number("card.rx_frame"));
    assertThrows(IllegalArgumentException.class, () -> profile.with("card.rx_frame", 1e6));
  }
}
