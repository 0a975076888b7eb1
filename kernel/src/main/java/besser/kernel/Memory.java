package besser.kernel;

import java.util.Optional;

/** Memory allocation, which can fail, and bulk memory operations, which cost by the byte. */
public interface Memory {
  /** {@code kmalloc}; the site names the place in the driver, so that a failure can be placed. */
  Optional<Allocation> kmalloc(String site, int bytes, Gfp gfp);

  /** {@code kzalloc}: also pays for zeroing. */
  Optional<Allocation> kzalloc(String site, int bytes, Gfp gfp);

  /** {@code kmem_cache_alloc}. */
  Optional<Allocation> kmemCacheAlloc(String cache, int bytes, Gfp gfp);

  /** {@code kfree} or {@code kmem_cache_free}. */
  void free(Allocation allocation);

  /** Pays for {@code memcpy}; the caller moves the bytes. */
  void memcpy(int bytes);

  /** Pays for {@code memset}. */
  void memset(int bytes);
}
