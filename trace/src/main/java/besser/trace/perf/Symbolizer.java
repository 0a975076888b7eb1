package besser.trace.perf;

import besser.trace.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Addresses to frames. Profiles name few addresses often, so a direct-mapped cache answers nearly
 * all; a user address is cached under the version of its process's mappings.
 */
final class Symbolizer {
  private static final int CACHE_SLOTS = 1 << 16;
  private static final int KERNEL_VERSION = 0;

  private final KernelSpace kernel;
  private final Site unknownKernel;
  private final Site unknownUser;
  private final Site unknownOther;
  private final long[] addresses = new long[CACHE_SLOTS];
  private final int[] versions = new int[CACHE_SLOTS];
  private final @Nullable Site[] cached = new Site[CACHE_SLOTS];

  Symbolizer(KernelSpace kernel, Sites sites) {
    this.kernel = kernel;
    this.unknownKernel = sites.unknown(Frame.UNKNOWN_SYMBOL, Frame.Space.KERNEL);
    this.unknownUser = sites.unknown(Frame.UNKNOWN_SYMBOL, Frame.Space.USER);
    this.unknownOther = sites.unknown(Frame.UNKNOWN_SYMBOL, Frame.Space.OTHER);
  }

  Site noAddress() {
    return unknownOther;
  }

  /** The frame of an address in code of the given mode ({@code PERF_RECORD_MISC_CPUMODE}). */
  Site site(long address, int cpuMode, Task task) {
    int version;
    if (cpuMode == RecordType.MISC_KERNEL) {
      version = KERNEL_VERSION;
    } else if (cpuMode == RecordType.MISC_USER) {
      version = task.space().version();
    } else {
      return unknownOther;
    }
    int slot = (int) (((address ^ ((long) version << 20)) * 0x9e3779b97f4a7c15L) >>> 48);
    Site site = cached[slot];
    if (site != null && addresses[slot] == address && versions[slot] == version) {
      return site;
    }
    Site found = lookUp(address, version, task);
    addresses[slot] = address;
    versions[slot] = version;
    cached[slot] = found;
    return found;
  }

  private Site lookUp(long address, int version, Task task) {
    if (version == KERNEL_VERSION) {
      return address >= 0 ? unknownKernel : kernel.site(address);
    }
    AddressSpace space = task.space();
    int mapping = space.find(address);
    return mapping < 0 ? unknownUser : space.site(mapping, address);
  }

  /** To be called when kernel addresses change their meaning. */
  void forgetKernel() {
    for (int i = 0; i < CACHE_SLOTS; i++) {
      if (versions[i] == KERNEL_VERSION) {
        cached[i] = null;
      }
    }
  }
}
