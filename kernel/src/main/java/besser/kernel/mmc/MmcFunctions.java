package besser.kernel.mmc;

import besser.kernel.KernelFunction;
import java.util.List;

/** Every function that this package charges, built into the kernel on the PineTab2. */
public final class MmcFunctions {
  static final KernelFunction CLAIM_HOST = KernelFunction.vmlinux("__mmc_claim_host");
  static final KernelFunction RELEASE_HOST = KernelFunction.vmlinux("mmc_release_host");
  static final KernelFunction ADD_WAIT_QUEUE = KernelFunction.vmlinux("add_wait_queue");
  static final KernelFunction REMOVE_WAIT_QUEUE = KernelFunction.vmlinux("remove_wait_queue");
  static final KernelFunction PM_RUNTIME_RESUME = KernelFunction.vmlinux("__pm_runtime_resume");
  static final KernelFunction PM_RUNTIME_SUSPEND = KernelFunction.vmlinux("__pm_runtime_suspend");
  static final KernelFunction SDIO_READB = KernelFunction.vmlinux("sdio_readb");
  static final KernelFunction SDIO_WRITEB = KernelFunction.vmlinux("sdio_writeb");
  static final KernelFunction IO_RW_DIRECT = KernelFunction.vmlinux("mmc_io_rw_direct_host");
  static final KernelFunction WAIT_FOR_REQ = KernelFunction.vmlinux("mmc_wait_for_req");
  static final KernelFunction START_REQUEST = KernelFunction.vmlinux("mmc_start_request");
  static final KernelFunction REQUEST_DONE = KernelFunction.vmlinux("mmc_request_done");
  static final KernelFunction WAIT_DONE = KernelFunction.vmlinux("mmc_wait_done");
  static final KernelFunction RETUNE = KernelFunction.vmlinux("mmc_retune");
  static final KernelFunction SIGNAL_SDIO_IRQ = KernelFunction.vmlinux("sdio_signal_irq");
  static final KernelFunction SDIO_IRQ_WORK = KernelFunction.vmlinux("sdio_irq_work");
  static final KernelFunction SDIO_CLAIM_IRQ = KernelFunction.vmlinux("sdio_claim_irq");
  static final KernelFunction SDIO_RELEASE_IRQ = KernelFunction.vmlinux("sdio_release_irq");

  static final KernelFunction CARD_BUSY = KernelFunction.vmlinux("dw_mci_card_busy");
  static final KernelFunction REQUEST = KernelFunction.vmlinux("dw_mci_request");
  static final KernelFunction START_DW_REQUEST = KernelFunction.vmlinux("__dw_mci_start_request");
  static final KernelFunction SUBMIT_DATA = KernelFunction.vmlinux("dw_mci_submit_data");
  static final KernelFunction DMA_MAP_SG = KernelFunction.vmlinux("dma_map_sg_attrs");
  static final KernelFunction DMA_UNMAP_SG = KernelFunction.vmlinux("dma_unmap_sg_attrs");

  /** Charged once per 512 bytes that DMA has written or will write. */
  static final KernelFunction CACHE_INVALIDATE = KernelFunction.vmlinux("dcache_inval_poc");

  /** Charged once per 512 bytes that DMA will read. */
  static final KernelFunction CACHE_CLEAN = KernelFunction.vmlinux("dcache_clean_poc");

  static final KernelFunction IDMAC_START = KernelFunction.vmlinux("dw_mci_idmac_start_dma");
  static final KernelFunction START_COMMAND = KernelFunction.vmlinux("dw_mci_start_command");
  static final KernelFunction SET_CTO = KernelFunction.vmlinux("dw_mci_set_cto");
  static final KernelFunction SET_DRTO = KernelFunction.vmlinux("dw_mci_set_drto");
  static final KernelFunction CTO_TIMER = KernelFunction.vmlinux("dw_mci_cto_timer");
  static final KernelFunction DTO_TIMER = KernelFunction.vmlinux("dw_mci_dto_timer");
  static final KernelFunction INTERRUPT = KernelFunction.vmlinux("dw_mci_interrupt");
  static final KernelFunction DMAC_COMPLETE = KernelFunction.vmlinux("dw_mci_dmac_complete_dma");
  static final KernelFunction WORK_FUNC = KernelFunction.vmlinux("dw_mci_work_func");
  static final KernelFunction TASKLET_FUNC = KernelFunction.vmlinux("dw_mci_tasklet_func");
  static final KernelFunction COMMAND_COMPLETE = KernelFunction.vmlinux("dw_mci_command_complete");
  static final KernelFunction DATA_COMPLETE = KernelFunction.vmlinux("dw_mci_data_complete");
  static final KernelFunction STOP_DMA = KernelFunction.vmlinux("dw_mci_idmac_stop_dma");
  static final KernelFunction RESET = KernelFunction.vmlinux("dw_mci_reset");
  static final KernelFunction REQUEST_END = KernelFunction.vmlinux("dw_mci_request_end");
  static final KernelFunction ENABLE_SDIO_IRQ = KernelFunction.vmlinux("__dw_mci_enable_sdio_irq");

  private MmcFunctions() {}

  /** All of them, for a profile to give each its cost. */
  public static List<KernelFunction> all() {
    return List.of(
        CLAIM_HOST,
        RELEASE_HOST,
        ADD_WAIT_QUEUE,
        REMOVE_WAIT_QUEUE,
        PM_RUNTIME_RESUME,
        PM_RUNTIME_SUSPEND,
        SDIO_READB,
        SDIO_WRITEB,
        IO_RW_DIRECT,
        WAIT_FOR_REQ,
        START_REQUEST,
        REQUEST_DONE,
        WAIT_DONE,
        RETUNE,
        SIGNAL_SDIO_IRQ,
        SDIO_IRQ_WORK,
        SDIO_CLAIM_IRQ,
        SDIO_RELEASE_IRQ,
        CARD_BUSY,
        REQUEST,
        START_DW_REQUEST,
        SUBMIT_DATA,
        DMA_MAP_SG,
        DMA_UNMAP_SG,
        CACHE_INVALIDATE,
        CACHE_CLEAN,
        IDMAC_START,
        START_COMMAND,
        SET_CTO,
        SET_DRTO,
        CTO_TIMER,
        DTO_TIMER,
        INTERRUPT,
        DMAC_COMPLETE,
        WORK_FUNC,
        TASKLET_FUNC,
        COMMAND_COMPLETE,
        DATA_COMPLETE,
        STOP_DMA,
        RESET,
        REQUEST_END,
        ENABLE_SDIO_IRQ);
  }
}
