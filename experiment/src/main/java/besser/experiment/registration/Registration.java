package besser.experiment.registration;

import besser.experiment.json.Json;
import besser.experiment.plan.LoadedPlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a plan said when it was registered, before the first measurement of the patched arm.
 *
 * @param fileSha256 of the plan file, byte for byte
 * @param judgedSha256 of the judged parts in canonical form: unlike the file's, it does not change
 *     with comments and layout
 * @param judged the judged parts themselves, so that a later change can be shown
 */
public record Registration(
    String plan,
    String by,
    Instant at,
    String fileSha256,
    String judgedSha256,
    SortedMap<String, String> judged) {

  public Registration {
    judged = Collections.unmodifiableSortedMap(new TreeMap<>(judged));
    if (!judgedSha256.equals(hash(judged))) {
      throw new IllegalArgumentException(
          "judged-sha256 must be that of the judged parts, got " + judgedSha256);
    }
  }

  /** What happened to a judged part after registration. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }

  /**
   * A judged part that differs.
   *
   * @param part for example {@code prediction/unlock-share}
   * @param registered its canonical form then; empty when added
   * @param now its canonical form now; empty when removed
   */
  public record Change(String part, Kind kind, String registered, String now) {}

  /** Registers a plan. */
  public static Registration of(LoadedPlan plan, String by, Instant at) {
    return new Registration(
        plan.plan().id(), by, at, sha256(plan.text()), hash(plan.judged()), plan.judged());
  }

  /** What a plan says differently now, in the order of the parts' names. */
  public List<Change> changes(LoadedPlan now) {
    SortedSet<String> parts = new TreeSet<>(judged.keySet());
    parts.addAll(now.judged().keySet());
    List<Change> changes = new ArrayList<>();
    for (String part : parts) {
      String then = judged.getOrDefault(part, "");
      String later = now.judged().getOrDefault(part, "");
      if (!then.equals(later)) {
        Kind kind = then.isEmpty() ? Kind.ADDED : later.isEmpty() ? Kind.REMOVED : Kind.CHANGED;
        changes.add(new Change(part, kind, then, later));
      }
    }
    return List.copyOf(changes);
  }

  /** Whether a plan file is the registered one, byte for byte. */
  public boolean sameFile(LoadedPlan plan) {
    return fileSha256.equals(sha256(plan.text()));
  }

  /** As the page that {@link #read} reads. */
  public String json() {
    return Json.page(this);
  }

  /**
   * Reads a registration.
   *
   * @throws Json.Malformed when the text is none, or was changed after it was written
   */
  public static Registration read(String json) {
    return Json.read(json, Registration.class);
  }

  private static String hash(SortedMap<String, String> judged) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> part : judged.entrySet()) {
      text.append(part.getKey()).append('\t').append(part.getValue()).append('\n');
    }
    return sha256(text.toString());
  }

  /** SHA-256 of a text in UTF-8, as 64 hexadecimal digits. */
  public static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
