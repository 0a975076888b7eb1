package besser.forecast.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A device's parameters by name, and the faults planned for it. */
public final class Profile {
  private final String name;
  private final String about;
  private final String sha256;
  private final Map<String, Parameter> parameters;
  private final List<FaultEntry> faults;

  /**
   * @param name such as {@code pinetab2}
   * @param about what device it is
   * @param sha256 of the file it was read from, in hexadecimal
   * @param parameters in the order of the file
   * @param faults none by default
   */
  public Profile(
      String name,
      String about,
      String sha256,
      Collection<Parameter> parameters,
      List<FaultEntry> faults) {
    this.name = name;
    this.about = about;
    this.sha256 = sha256;
    this.faults = List.copyOf(faults);
    this.parameters = new LinkedHashMap<>();
    for (Parameter parameter : parameters) this.parameters.put(parameter.name(), parameter);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What device it is. */
  public String about() {
    return about;
  }

  /** SHA-256 of the file it was read from, in hexadecimal. */
  public String sha256() {
    return sha256;
  }

  /** Every parameter, in the order of the file. */
  public List<Parameter> parameters() {
    return List.copyOf(parameters.values());
  }

  /** The faults planned for a run. */
  public List<FaultEntry> faults() {
    return faults;
  }

  /** The parameter of that name, where there is one. */
  public Optional<Parameter> find(String parameter) {
    return Optional.ofNullable(parameters.get(parameter));
  }

  /**
   * The parameter of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Parameter parameter(String parameter) {
    return find(parameter)
        .orElseThrow(
            () -> new IllegalArgumentException("profile " + name + " has no " + parameter));
  }

  /** The figure of that name. */
  public double number(String parameter) {
    return parameter(parameter).value();
  }

  /** The figure of that name as a whole number. */
  public int integer(String parameter) {
    return Math.toIntExact(Math.round(number(parameter)));
  }

  /** A figure in microseconds as nanoseconds. */
  public long microsAsNanos(String parameter) {
    return Math.round(number(parameter) * 1_000);
  }

  /** A figure in milliseconds as nanoseconds. */
  public long millisAsNanos(String parameter) {
    return Math.round(number(parameter) * 1_000_000);
  }

  /** The word chosen under that name. */
  public String choice(String parameter) {
    return parameter(parameter)
        .choice()
        .orElseThrow(() -> new IllegalArgumentException(parameter + " is a figure, no choice"));
  }

  /** The same profile with one figure changed inside its range. */
  public Profile with(String parameter, double value) {
    Map<String, Parameter> changed = new LinkedHashMap<>(parameters);
    changed.put(parameter, parameter(parameter).withValue(value));
    return new Profile(name, about, sha256, changed.values(), faults);
  }

  /** The same profile with other faults. */
  public Profile withFaults(List<FaultEntry> newFaults) {
    return new Profile(name, about, sha256, new ArrayList<>(parameters.values()), newFaults);
  }
}
