package besser.bes2600.ops;

import besser.bes2600.driver.Variant;
import java.util.ArrayList;
import java.util.List;

/** The scenarios that relay-executed.txt names. */
final class Scenarios {
  private Scenarios() {}

  /** Plays a scenario and counts it. */
  static Operations play(Variant variant, String scenario) {
    StillMachine still = new StillMachine(variant);
    String[] words = scenario.split(",? ", -1);
    switch (words[0]) {
      case "receive" -> receive(still, scenario, words);
      case "transmit" -> transmit(still, words);
      case "single", "multi" -> confirm(still, words);
      case "interrupt" -> count(still, still::interrupt);
      case "bh" -> {
        still.transmit(Integer.parseInt(words[4]));
        count(still, () -> still.run(still.driver()::irqHandler));
      }
      default -> throw new IllegalArgumentException(scenario);
    }
    return still.operations();
  }

  private static void count(StillMachine still, Runnable body) {
    still.startCounting();
    body.run();
  }

  static List<byte[]> unicasts(StillMachine still, int frames) {
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < frames; i++) messages.add(still.unicast());
    return messages;
  }

  private static void receive(StillMachine still, String scenario, String[] words) {
    int frames = Integer.parseInt(words[1]);
    if (scenario.endsWith("outstanding")) still.transmit(Integer.parseInt(words[2]));
    if (scenario.contains("multi confirm")) still.transmit(4);
    if (scenario.contains("transfers of")) {
      for (int i = 0; i < frames; i++) {
        still.card().offer(unicasts(still, Integer.parseInt(words[4])));
      }
    } else {
      List<byte[]> messages = new ArrayList<>();
      for (int i = 0; i < frames; i++) {
        messages.add(scenario.endsWith("multicast") ? still.multicast() : still.unicast());
      }
      if (scenario.contains("multi confirm")) messages.add(still.card().multiConfirm(4));
      still.card().offer(messages);
    }
    if (scenario.endsWith("out of sequence")) still.card().spoilSequence(1);
    if (scenario.endsWith("crc errors")) still.card().failWithCrcError(number(words));
    if (scenario.endsWith("stale lengths")) still.card().showStaleLength(number(words));
    if (scenario.endsWith("false zeros")) still.card().showFalseZero(number(words));
    count(still, still::interrupt);
  }

  private static int number(String[] words) {
    return Integer.parseInt(words[3]);
  }

  private static void transmit(StillMachine still, String[] words) {
    still.card().confirmAtOnce(words.length > 2);
    count(still, () -> still.transmit(Integer.parseInt(words[1])));
  }

  private static void confirm(StillMachine still, String[] words) {
    int frames = words.length > 2 ? Integer.parseInt(words[3]) : 1;
    still.transmit(frames);
    byte[] message =
        words[0].equals("single")
            ? still.card().singleConfirm()
            : still.card().multiConfirm(frames);
    still.card().offer(List.of(message));
    count(still, still::interrupt);
  }
}
