package besser.kernel.machine;

import besser.kernel.KernelFunction;

/** The kernel image's functions that the machine itself runs. */
final class Functions {
  static final KernelFunction RET_FROM_FORK = vmlinux("ret_from_fork");
  static final KernelFunction KTHREAD = vmlinux("kthread");
  static final KernelFunction KERNEL_INIT = vmlinux("kernel_init");
  static final KernelFunction DO_IDLE = vmlinux("do_idle");
  static final KernelFunction CPUIDLE_ENTER = vmlinux("cpuidle_enter_state");

  static final KernelFunction EL1_INTERRUPT = vmlinux("el1_interrupt");
  static final KernelFunction GIC_HANDLE_IRQ = vmlinux("gic_handle_irq");
  static final KernelFunction HANDLE_IRQ_EVENT = vmlinux("__handle_irq_event_percpu");
  static final KernelFunction IRQ_THREAD = vmlinux("irq_thread");
  static final KernelFunction IRQ_WAKE_THREAD = vmlinux("__irq_wake_thread");
  static final KernelFunction SCHEDULER_IPI = vmlinux("ipi_handler");
  static final KernelFunction TICK = vmlinux("tick_nohz_handler");
  static final KernelFunction HRTIMER_INTERRUPT = vmlinux("hrtimer_interrupt");

  static final KernelFunction HANDLE_SOFTIRQS = vmlinux("handle_softirqs");
  static final KernelFunction RAISE_SOFTIRQ = vmlinux("__raise_softirq_irqoff");
  static final KernelFunction LOCAL_BH_ENABLE = vmlinux("__local_bh_enable_ip");
  static final KernelFunction LOCAL_BH_DISABLE = vmlinux("__local_bh_disable_ip");
  static final KernelFunction DO_SOFTIRQ = vmlinux("do_softirq");
  static final KernelFunction RUN_KSOFTIRQD = vmlinux("run_ksoftirqd");
  static final KernelFunction SMPBOOT_THREAD = vmlinux("smpboot_thread_fn");
  static final KernelFunction TASKLET_SCHEDULE = vmlinux("__tasklet_schedule_common");
  static final KernelFunction TASKLET_ACTION = vmlinux("tasklet_action_common");
  static final KernelFunction TASKLET_KILL = vmlinux("tasklet_kill");
  static final KernelFunction LOCAL_IRQ_SAVE = vmlinux("arch_local_irq_save");
  static final KernelFunction LOCAL_IRQ_RESTORE = vmlinux("arch_local_irq_restore");

  static final KernelFunction SCHEDULE = vmlinux("__schedule");
  static final KernelFunction FINISH_TASK_SWITCH = vmlinux("finish_task_switch");
  static final KernelFunction TRY_TO_WAKE_UP = vmlinux("try_to_wake_up");
  static final KernelFunction TTWU_DO_ACTIVATE = vmlinux("ttwu_do_activate");
  static final KernelFunction SCHEDULE_TIMEOUT = vmlinux("schedule_timeout");
  static final KernelFunction PROCESS_TIMEOUT = vmlinux("process_timeout");
  static final KernelFunction MSLEEP = vmlinux("msleep");
  static final KernelFunction USLEEP_RANGE = vmlinux("usleep_range_state");
  static final KernelFunction HRTIMER_WAKEUP = vmlinux("hrtimer_wakeup");
  static final KernelFunction UDELAY = vmlinux("__delay");
  static final KernelFunction KTHREAD_CREATE = vmlinux("kthread_create_on_node");
  static final KernelFunction KTHREAD_STOP = vmlinux("kthread_stop");

  static final KernelFunction SPIN_LOCK = vmlinux("_raw_spin_lock");
  static final KernelFunction SPIN_UNLOCK = vmlinux("_raw_spin_unlock");
  static final KernelFunction SPIN_TRYLOCK = vmlinux("_raw_spin_trylock");
  static final KernelFunction SPIN_LOCK_BH = vmlinux("_raw_spin_lock_bh");
  static final KernelFunction SPIN_UNLOCK_BH = vmlinux("_raw_spin_unlock_bh");
  static final KernelFunction SPIN_LOCK_IRQ = vmlinux("_raw_spin_lock_irq");
  static final KernelFunction SPIN_UNLOCK_IRQ = vmlinux("_raw_spin_unlock_irq");
  static final KernelFunction SPIN_LOCK_IRQSAVE = vmlinux("_raw_spin_lock_irqsave");
  static final KernelFunction SPIN_UNLOCK_IRQRESTORE = vmlinux("_raw_spin_unlock_irqrestore");
  static final KernelFunction SPIN_SLOWPATH = vmlinux("queued_spin_lock_slowpath");

  static final KernelFunction WAKE_UP = vmlinux("__wake_up_common_lock");
  static final KernelFunction WAKE_FUNCTION = vmlinux("autoremove_wake_function");
  static final KernelFunction PREPARE_TO_WAIT = vmlinux("prepare_to_wait_event");
  static final KernelFunction FINISH_WAIT = vmlinux("finish_wait");
  static final KernelFunction COMPLETE = vmlinux("complete");
  static final KernelFunction COMPLETE_ALL = vmlinux("complete_all");
  static final KernelFunction WAIT_FOR_COMPLETION = vmlinux("__wait_for_common");
  static final KernelFunction DOWN = vmlinux("down");
  static final KernelFunction DOWN_TRYLOCK = vmlinux("down_trylock");
  static final KernelFunction UP = vmlinux("up");
  static final KernelFunction MUTEX_LOCK = vmlinux("mutex_lock");
  static final KernelFunction MUTEX_LOCK_SLOW = vmlinux("__mutex_lock");
  static final KernelFunction MUTEX_UNLOCK = vmlinux("mutex_unlock");
  static final KernelFunction MUTEX_UNLOCK_SLOW = vmlinux("__mutex_unlock_slowpath");
  static final KernelFunction MUTEX_TRYLOCK = vmlinux("mutex_trylock");

  static final KernelFunction QUEUE_WORK_ON = vmlinux("queue_work_on");
  static final KernelFunction QUEUE_WORK = vmlinux("__queue_work");
  static final KernelFunction QUEUE_DELAYED_WORK = vmlinux("queue_delayed_work_on");
  static final KernelFunction MOD_DELAYED_WORK = vmlinux("mod_delayed_work_on");
  static final KernelFunction DELAYED_WORK_TIMER = vmlinux("delayed_work_timer_fn");
  static final KernelFunction WORKER_THREAD = vmlinux("worker_thread");
  static final KernelFunction RESCUER_THREAD = vmlinux("rescuer_thread");
  static final KernelFunction PROCESS_ONE_WORK = vmlinux("process_one_work");
  static final KernelFunction WORKER_SLEEPING = vmlinux("wq_worker_sleeping");
  static final KernelFunction WORKER_RUNNING = vmlinux("wq_worker_running");
  static final KernelFunction CREATE_WORKER = vmlinux("create_worker");
  static final KernelFunction MAYDAY_TIMEOUT = vmlinux("pool_mayday_timeout");
  static final KernelFunction BH_WORKER = vmlinux("bh_worker");
  static final KernelFunction FLUSH_WORK = vmlinux("__flush_work");
  static final KernelFunction CANCEL_WORK = vmlinux("__cancel_work");
  static final KernelFunction CANCEL_WORK_SYNC = vmlinux("__cancel_work_sync");
  static final KernelFunction FLUSH_WORKQUEUE = vmlinux("__flush_workqueue");
  static final KernelFunction ALLOC_WORKQUEUE = vmlinux("alloc_workqueue");

  static final KernelFunction MOD_TIMER = vmlinux("mod_timer");
  static final KernelFunction TIMER_DELETE = vmlinux("timer_delete");
  static final KernelFunction TIMER_DELETE_SYNC = vmlinux("timer_delete_sync");
  static final KernelFunction RUN_TIMERS = vmlinux("run_timer_softirq");
  static final KernelFunction CALL_TIMER = vmlinux("call_timer_fn");

  static final KernelFunction KMALLOC = vmlinux("__kmalloc");
  static final KernelFunction KMEM_CACHE_ALLOC = vmlinux("kmem_cache_alloc");
  static final KernelFunction KFREE = vmlinux("kfree");
  static final KernelFunction KMEM_CACHE_FREE = vmlinux("kmem_cache_free");
  static final KernelFunction MEMCPY = vmlinux("__pi_memcpy");
  static final KernelFunction MEMSET = vmlinux("__pi_memset");
  static final KernelFunction PRINTK = vmlinux("vprintk_emit");

  private Functions() {}

  private static KernelFunction vmlinux(String name) {
    return KernelFunction.vmlinux(name);
  }
}
