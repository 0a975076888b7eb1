package besser.rig.simulated;

import besser.bes2600.driver.Variant;
import besser.bes2600.station.StationParameters;
import besser.forecast.profile.Profile;
import besser.forecast.profile.ProfileReader;
import besser.forecast.profile.StationMapping;
import besser.kernel.fiber.CarrierThreads;
import besser.rig.device.Device;
import besser.rig.device.Progress;
import besser.rig.device.RepetitionRequest;
import besser.rig.run.RepetitionRecord;
import besser.rig.run.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** The model of a BES2600 in a machine of a given profile, as a device. */
public final class SimulatedDevice implements Device {
  private final String name;
  private final Profile profile;
  private final boolean tracing;

  /**
   * The device {@code name} with the profile in a file.
   *
   * @throws besser.forecast.profile.ProfileRejected when the file is no profile
   */
  public SimulatedDevice(String name, Path profileFile) {
    this.name = name;
    this.tracing = false;
    try {
      this.profile = ProfileReader.read(profileFile);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + profileFile, e);
    }
  }

  private SimulatedDevice(String name, Profile profile, boolean tracing) {
    this.name = name;
    this.profile = profile;
    this.tracing = tracing;
  }

  /** The same device; it keeps each repetition's trace, profile and series in its folder. */
  public SimulatedDevice keepingTraces() {
    return new SimulatedDevice(name, profile, true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean simulated() {
    return true;
  }

  @Override
  public String profileHash() {
    return profile.sha256();
  }

  @Override
  public List<String> variants() {
    return Variant.all().stream().map(Variant::id).toList();
  }

  /** One a processor: repetitions share nothing. */
  @Override
  public int parallelRepetitions() {
    return Runtime.getRuntime().availableProcessors();
  }

  @Override
  public ExecutorService threads(int repetitions) {
    return CarrierThreads.newPool(repetitions);
  }

  @Override
  public RepetitionRecord run(RepetitionRequest request, RunDirectory into, Progress progress) {
    StationParameters parameters = StationMapping.of(profile, request.id().number());
    Optional<String> traced = tracing ? Optional.of(name) : Optional.empty();
    return new SimulatedRepetition(parameters, request, into, progress, traced).run();
  }

  @Override
  public void close() {
    // Nothing outlives a repetition.
  }
}
