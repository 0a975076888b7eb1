package besser.experiment.plan;

import java.util.List;
import java.util.Optional;

/**
 * What a plan asks of a real device: how the load reaches it, what is captured beside the metrics'
 * own needs, and how the arms are entered and told apart. A simulated device needs none of it.
 *
 * <p>Commands are POSIX shell. In commands and files {@code ${interface}} is the interface that the
 * load arrives by, and {@code ${sender-interface}} the one it leaves the sender by.
 *
 * @param usual the device that is run on unless another is named, such as {@code local:}
 * @param link what {@code local:} builds between sender and receiver
 * @param traffic what carries the load
 * @param networkInterface on the device; empty for the one with the address it is reached by
 * @param prepare commands that the run needs before the first step, and those that undo them
 * @param profile how CPU samples are taken
 * @param files on the device, read once a second and kept; the numbers in them become series
 * @param states how the arms are entered, left and recognised; empty when the plan has one state
 */
public record DevicePlan(
    Optional<String> usual,
    Link link,
    Traffic traffic,
    Optional<String> networkInterface,
    Prepare prepare,
    Sampling profile,
    List<String> files,
    List<State> states) {

  /** What a plan that says nothing gets: TCP over whatever path there is. */
  public static final DevicePlan DEFAULT =
      new DevicePlan(
          Optional.empty(),
          Link.LOOPBACK,
          Traffic.DEFAULT,
          Optional.empty(),
          Prepare.NOTHING,
          Sampling.DEFAULT,
          List.of(),
          List.of());

  public DevicePlan {
    files = List.copyOf(files);
    states = List.copyOf(states);
  }

  /** The state of a variant, where the plan describes it. */
  public Optional<State> state(String variant) {
    return states.stream().filter(state -> state.variant().equals(variant)).findFirst();
  }

  /** What {@code local:} builds. */
  public enum Link {
    /** Nothing: sender and receiver talk over the loopback interface. */
    LOOPBACK,
    /** Two network namespaces joined by a veth pair, removed again at the end. */
    VETH
  }

  /** What carries the load. */
  public enum Transport {
    TCP,
    UDP
  }

  /** Who receives on the device. */
  public enum Receiver {
    /** Our own where it can run, otherwise what the device has. */
    BEST,
    /** What the device has: nc, busybox or its shell. */
    DEVICE
  }

  /**
   * The load, apart from its rate.
   *
   * @param port that the receiver listens on, 1 to 65535
   * @param trafficClass the IP header's DSCP and ECN byte, 0 to 255; 0xb8 is voice
   */
  public record Traffic(Transport transport, Receiver receiver, int port, int trafficClass) {
    /** TCP to port 5201, best effort. */
    public static final Traffic DEFAULT = new Traffic(Transport.TCP, Receiver.BEST, 5201, 0);

    public Traffic {
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("port must be 1 to 65535, got " + port);
      }
      if (trafficClass < 0 || trafficClass > 255) {
        throw new IllegalArgumentException("traffic class must be 0 to 255, got " + trafficClass);
      }
    }
  }

  /** Commands at both ends of the load, and those that undo them. */
  public record Prepare(
      List<String> receiver,
      List<String> sender,
      List<String> undoReceiver,
      List<String> undoSender) {
    /** No commands. */
    public static final Prepare NOTHING = new Prepare(List.of(), List.of(), List.of(), List.of());

    public Prepare {
      receiver = List.copyOf(receiver);
      sender = List.copyOf(sender);
      undoReceiver = List.copyOf(undoReceiver);
      undoSender = List.copyOf(undoSender);
    }
  }

  /**
   * How CPU samples are taken.
   *
   * @param event as {@code perf list} names it
   * @param hertz samples a second and CPU, 1 to 20000
   */
  public record Sampling(String event, int hertz) {
    /** The CPU clock, which every kernel has, at a rate that no timer shares. */
    public static final Sampling DEFAULT = new Sampling("cpu-clock", 499);

    public Sampling {
      if (hertz < 1 || hertz > 20_000) {
        throw new IllegalArgumentException("sampling must be 1 to 20000 Hz, got " + hertz);
      }
    }
  }

  /**
   * A state of the device that stands for a variant.
   *
   * @param variant as the protocol's arms name it
   * @param what it is, in words
   * @param enter commands that bring it about, where besser may do that
   * @param leave commands that end it
   * @param operator what the operator is to do where there are no commands; empty when there are
   * @param signs how it is recognised; all must hold
   */
  public record State(
      String variant,
      String what,
      List<String> enter,
      List<String> leave,
      String operator,
      List<Sign> signs) {
    public State {
      enter = List.copyOf(enter);
      leave = List.copyOf(leave);
      signs = List.copyOf(signs);
      if (signs.isEmpty()) {
        throw new IllegalArgumentException(
            "arm %s must have at least one sign by which it is recognised".formatted(variant));
      }
      if (enter.isEmpty() && operator.isEmpty()) {
        throw new IllegalArgumentException(
            "arm %s needs commands to enter it, or words for the operator".formatted(variant));
      }
    }
  }

  /**
   * One thing that is so in a state: the text read from a place fits a pattern.
   *
   * @param place where to read
   * @param pattern the text that is expected, with {@code *} for any; behind {@code !} the text
   *     that must not be
   */
  public record Sign(Place place, String pattern) {
    public Sign {
      if (pattern.isBlank() || pattern.equals("!")) {
        throw new IllegalArgumentException("a sign needs a text to compare with");
      }
    }

    /** Whether a text fits. */
    public boolean fits(String text) {
      boolean negated = pattern.startsWith("!");
      String glob = negated ? pattern.substring(1) : pattern;
      StringBuilder regex = new StringBuilder();
      for (String part : glob.split("\\*", -1)) {
        if (!regex.isEmpty()) regex.append(".*");
        regex.append(java.util.regex.Pattern.quote(part));
      }
      boolean matches =
          java.util.regex.Pattern.compile(regex.toString(), java.util.regex.Pattern.DOTALL)
              .matcher(text.strip())
              .matches();
      return matches != negated;
    }

    /** In words, such as {@code srcversion of module bes2600 is 1B3B3ED0*}. */
    public String words() {
      return pattern.startsWith("!")
          ? place.words() + " is not " + pattern.substring(1)
          : place.words() + " is " + pattern;
    }
  }

  /** Where a sign is read. */
  public sealed interface Place {
    /** In words. */
    String words();

    /** {@code /sys/module/NAME/srcversion}. */
    record Srcversion(String module) implements Place {
      @Override
      public String words() {
        return "srcversion of module " + module;
      }
    }

    /** The kernel's command line. */
    record CommandLine() implements Place {
      @Override
      public String words() {
        return "the kernel's command line";
      }
    }

    /** A variable of sysctl(8), such as {@code net.core.netdev_budget}. */
    record Sysctl(String name) implements Place {
      @Override
      public String words() {
        return "sysctl " + name;
      }
    }

    /** The content of a file. */
    record Content(String file) implements Place {
      @Override
      public String words() {
        return "content of " + file;
      }
    }

    /** The SHA-256 of a file, in hexadecimal digits. */
    record Sha256(String file) implements Place {
      @Override
      public String words() {
        return "SHA-256 of " + file;
      }
    }
  }
}
