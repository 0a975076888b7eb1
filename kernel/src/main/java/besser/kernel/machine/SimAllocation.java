package besser.kernel.machine;

import besser.kernel.Allocation;

/** A live allocation. */
final class SimAllocation implements Allocation {
  final int id;
  private final String site;
  private final int bytes;
  private final boolean fromCache;
  boolean freed;

  SimAllocation(int id, String site, int bytes, boolean fromCache) {
    this.id = id;
    this.site = site;
    this.bytes = bytes;
    this.fromCache = fromCache;
  }

  boolean isFromCache() {
    return fromCache;
  }

  @Override
  public String site() {
    return site;
  }

  @Override
  public int bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return bytes + " bytes from " + site;
  }
}
