package besser.kernel;

/** Error numbers as kernel functions return them: negative. Values of asm-generic/errno.h. */
public final class Errno {
  public static final int EIO = -5;
  public static final int EAGAIN = -11;
  public static final int ENOMEM = -12;
  public static final int EFAULT = -14;
  public static final int EBUSY = -16;
  public static final int EEXIST = -17;
  public static final int ENODEV = -19;
  public static final int EINVAL = -22;
  public static final int ENOSPC = -28;
  public static final int ERANGE = -34;
  public static final int EILSEQ = -84;
  public static final int EMSGSIZE = -90;
  public static final int ETIMEDOUT = -110;
  public static final int ENOMEDIUM = -123;
  public static final int ERESTARTSYS = -512;

  private Errno() {}
}
