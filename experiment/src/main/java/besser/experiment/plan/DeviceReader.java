package besser.experiment.plan;

import java.util.List;
import java.util.Optional;

/** Reads the {@code device} mapping of a plan. */
final class DeviceReader {
  private DeviceReader() {}

  static Optional<DevicePlan> read(YamlMap map) {
    Optional<String> usual = map.optionalText("usual");
    DevicePlan.Link link = map.choice("link", DevicePlan.Link.class, DevicePlan.DEFAULT.link());
    Optional<DevicePlan.Traffic> traffic =
        map.has("traffic")
            ? map.map("traffic").flatMap(DeviceReader::traffic)
            : Optional.of(DevicePlan.Traffic.DEFAULT);
    Optional<String> networkInterface = map.optionalText("interface");
    Optional<DevicePlan.Prepare> prepare =
        map.has("prepare")
            ? map.map("prepare").flatMap(DeviceReader::prepare)
            : Optional.of(DevicePlan.Prepare.NOTHING);
    Optional<DevicePlan.Sampling> profile =
        map.has("profile")
            ? map.map("profile").flatMap(DeviceReader::sampling)
            : Optional.of(DevicePlan.Sampling.DEFAULT);
    List<String> files = list(map, "files");
    List<DevicePlan.State> states =
        map.has("arms") ? map.maps("arms", DeviceReader::state) : List.of();
    return map.build(
        () ->
            new DevicePlan(
                usual,
                link,
                traffic.orElseThrow(),
                networkInterface,
                prepare.orElseThrow(),
                profile.orElseThrow(),
                files,
                states));
  }

  private static Optional<DevicePlan.Traffic> traffic(YamlMap map) {
    DevicePlan.Traffic usual = DevicePlan.Traffic.DEFAULT;
    DevicePlan.Transport transport =
        map.choice("transport", DevicePlan.Transport.class, usual.transport());
    DevicePlan.Receiver receiver =
        map.choice("receiver", DevicePlan.Receiver.class, usual.receiver());
    int port = map.has("port") ? map.integer("port", usual.port()) : usual.port();
    int trafficClass =
        map.has("class")
            ? map.scalar("class", Integer::decode, 0, "a byte such as 0xb8")
            : usual.trafficClass();
    return map.build(() -> new DevicePlan.Traffic(transport, receiver, port, trafficClass));
  }

  private static Optional<DevicePlan.Prepare> prepare(YamlMap map) {
    List<String> receiver = list(map, "receiver");
    List<String> sender = list(map, "sender");
    List<String> undoReceiver = list(map, "undo-receiver");
    List<String> undoSender = list(map, "undo-sender");
    return map.build(() -> new DevicePlan.Prepare(receiver, sender, undoReceiver, undoSender));
  }

  private static Optional<DevicePlan.Sampling> sampling(YamlMap map) {
    String event = map.text("event", DevicePlan.Sampling.DEFAULT.event());
    int hertz =
        map.has("hertz")
            ? map.integer("hertz", DevicePlan.Sampling.DEFAULT.hertz())
            : DevicePlan.Sampling.DEFAULT.hertz();
    return map.build(() -> new DevicePlan.Sampling(event, hertz));
  }

  private static Optional<DevicePlan.State> state(YamlMap map) {
    String variant = map.text("arm");
    String what = map.text("what");
    List<String> enter = list(map, "enter");
    List<String> leave = list(map, "leave");
    String operator = map.text("operator", "");
    List<DevicePlan.Sign> signs = map.maps("recognise", DeviceReader::sign);
    return map.build(() -> new DevicePlan.State(variant, what, enter, leave, operator, signs));
  }

  private static Optional<DevicePlan.Sign> sign(YamlMap map) {
    Optional<String> kind =
        map.oneOf(
            "where a sign is read", List.of("module", "cmdline", "sysctl", "file", "sha256-of"));
    return kind.flatMap(
        word ->
            switch (word) {
              case "module" -> {
                String module = map.text("module");
                String pattern = map.text("srcversion");
                yield sign(map, new DevicePlan.Place.Srcversion(module), pattern);
              }
              case "cmdline" -> sign(map, new DevicePlan.Place.CommandLine(), map.text("cmdline"));
              case "sysctl" ->
                  sign(map, new DevicePlan.Place.Sysctl(map.text("sysctl")), map.text("is"));
              case "file" ->
                  sign(map, new DevicePlan.Place.Content(map.text("file")), map.text("is"));
              default ->
                  sign(map, new DevicePlan.Place.Sha256(map.text("sha256-of")), map.text("is"));
            });
  }

  private static Optional<DevicePlan.Sign> sign(
      YamlMap map, DevicePlan.Place place, String pattern) {
    return map.build(() -> new DevicePlan.Sign(place, pattern));
  }

  private static List<String> list(YamlMap map, String key) {
    return map.has(key) ? map.texts(key) : List.of();
  }
}
