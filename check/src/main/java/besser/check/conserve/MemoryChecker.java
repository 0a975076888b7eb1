package besser.check.conserve;

import besser.check.Checker;
import besser.check.Finding;
import besser.check.FindingKind;
import besser.check.Site;
import besser.kernel.Allocation;
import besser.kernel.net.SkBuff;
import besser.kernel.observe.CallNode;
import besser.kernel.observe.Context;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Double frees, and socket buffers touched after they were freed. */
public final class MemoryChecker implements Checker {
  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private final IdentityHashMap<Object, Freed> freed = new IdentityHashMap<>();

  private record Freed(Context by, CallNode stack) {
    static Freed by(Context by) {
      return new Freed(by, by.stack());
    }
  }

  @Override
  public String checkerName() {
    return "memory";
  }

  @Override
  public List<Finding> findings() {
    return List.copyOf(findings.values());
  }

  @Override
  public void freed(Allocation allocation, boolean again, Context by) {
    // A socket buffer's head is told of as the buffer.
    if (allocation.site().equals("skbuff_head_cache")) return;
    if (again) {
      report(FindingKind.DOUBLE_FREE, allocation.site(), allocation, "frees it again", by);
    } else {
      freed.put(allocation, Freed.by(by));
    }
  }

  @Override
  public void skb(SkBuff skb, SkbEvent event, String where, Context by) {
    switch (event) {
      case ALLOCATED, QUEUED, DEQUEUED, HANDED_OVER -> {}
      case FREED -> freed.put(skb, Freed.by(by));
      case FREED_AGAIN -> report(FindingKind.DOUBLE_FREE, "skb", skb, "frees it again", by);
      case USED_AFTER_FREE ->
          report(FindingKind.USE_AFTER_FREE, "skb", skb, "uses it (" + where + ")", by);
    }
  }

  private void report(FindingKind kind, String what, Object object, String again, Context by) {
    Site now = Site.of(again, by);
    Freed before = freed.get(object);
    List<Site> sites =
        before == null
            ? List.of(now)
            : List.of(now, Site.of("freed it", before.by().name(), before.stack()));
    String message =
        kind == FindingKind.DOUBLE_FREE ? what + " is freed twice" : what + " is used after free";
    String first = sites.size() > 1 ? sites.get(1).function() : "?";
    Finding finding =
        new Finding(kind, message, sites, List.of(), what + ": " + now.function() + " / " + first);
    findings.putIfAbsent(finding.id(), finding);
  }
}
