package besser.kernel.machine;

import besser.kernel.Allocation;
import besser.kernel.Gfp;
import besser.kernel.KernelFunction;
import besser.kernel.Memory;
import besser.kernel.observe.Observer;
import java.util.Optional;

/** The allocator: costs, failures, and who forgets to free. */
final class SimMemory implements Memory {
  private final Engine engine;

  SimMemory(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Optional<Allocation> kmalloc(String site, int bytes, Gfp gfp) {
    return allocate(Functions.KMALLOC, site, bytes, gfp, false, false);
  }

  @Override
  public Optional<Allocation> kzalloc(String site, int bytes, Gfp gfp) {
    return allocate(Functions.KMALLOC, site, bytes, gfp, false, true);
  }

  @Override
  public Optional<Allocation> kmemCacheAlloc(String cache, int bytes, Gfp gfp) {
    return allocate(Functions.KMEM_CACHE_ALLOC, cache, bytes, gfp, true, false);
  }

  private Optional<Allocation> allocate(
      KernelFunction function, String site, int bytes, Gfp gfp, boolean fromCache, boolean zero) {
    if (bytes < 0) throw new IllegalArgumentException("bytes must be >= 0, got " + bytes);
    if (gfp == Gfp.KERNEL) engine.scheduler.mightSleep(function);
    engine.enter(function);
    boolean fails = engine.explorer.allocationFails(site);
    Observer observer = engine.observer;
    Optional<Allocation> result = Optional.empty();
    if (fails) {
      if (observer != null) observer.allocationFailed(site, bytes, gfp, engine.context());
    } else {
      if (zero) memset(bytes);
      SimAllocation made = new SimAllocation(engine.nextObjectId(), site, bytes, fromCache);
      engine.trace.allocated(made, fromCache);
      if (observer != null) observer.allocated(made, gfp, engine.context());
      result = Optional.of(made);
    }
    engine.leave();
    return result;
  }

  @Override
  public void free(Allocation allocation) {
    if (!(allocation instanceof SimAllocation known)) {
      throw new IllegalArgumentException(allocation + " was not made by this kernel");
    }
    engine.enter(known.isFromCache() ? Functions.KMEM_CACHE_FREE : Functions.KFREE);
    Observer observer = engine.observer;
    if (observer != null) observer.freed(known, known.freed, engine.context());
    if (known.freed) engine.log.misused("double free of " + known);
    known.freed = true;
    engine.trace.freed(known);
    engine.leave();
  }

  @Override
  public void memcpy(int bytes) {
    engine.enter(Functions.MEMCPY);
    engine.spend(engine.costs.copyNanos(bytes));
    engine.leave();
  }

  @Override
  public void memset(int bytes) {
    engine.enter(Functions.MEMSET);
    engine.spend(engine.costs.zeroNanos(bytes));
    engine.leave();
  }
}
