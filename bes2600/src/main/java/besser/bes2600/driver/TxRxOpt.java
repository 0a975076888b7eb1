package besser.bes2600.driver;

import besser.kernel.Kernel;
import besser.kernel.KernelFunction;
import besser.kernel.Timer;
import besser.kernel.Work;
import java.util.Arrays;

/** txrx_opt.c: every half second, looks at the traffic and tunes the firmware. */
final class TxRxOpt {
  private static final KernelFunction TIMER_CALLBACK =
      KernelFunction.of("bes2600", "txrx_opt_timer_callback");
  private static final KernelFunction DYNAMIC_OPT_WORK =
      KernelFunction.of("bes2600", "bes2600_dynamic_opt_txrx_work");

  private static final int PERIOD_MILLIS = 500;
  private static final int IDLE_KBITS_PER_SECOND = 100;
  private static final int HIGH_KBITS_PER_SECOND = 30_000;
  private static final int EDCA_MAX_LEVEL = 4;
  private static final int AVERAGED = 10;

  private static final int RTS_OFF = 2437;
  private static final int RTS_ON = 512;
  private static final int RTS_TRIGGER_PERCENT = 80;
  private static final int RTS_HOLD_SECONDS = 10;
  private static final int RTS_MIN_FRAMES = 50;

  private static final int RSSI_LOW = -65;
  private static final int RSSI_HIGH = -60;

  /** Delay in jiffies beyond which the channel access is made more aggressive. */
  private static final int HIGH_DELAY_JIFFIES = 6;

  private final Bes2600Common hw;
  private final Kernel kernel;
  private final Timer timer;
  private final Work dynamicOptWork;
  private final Runnable timerStop;
  private final Runnable timerStart;
  private final int[][] deltas = new int[4][AVERAGED];
  private final int[] deltaAt = new int[4];
  private long deltaTotal;
  private int deltaCount;
  private boolean connected;
  private int level;
  private int sentLevel;
  private int rtsThreshold = RTS_OFF;
  private int sentRtsThreshold;
  private long rtsSetJiffies;
  private int powerTable = 1;
  private int sentPowerTable;
  private int lastTxBytes;
  private int lastRxBytes;
  private int lastTxCount;
  private int lastRetries;

  TxRxOpt(Bes2600Common hw) {
    this.hw = hw;
    kernel = hw.kernel;
    dynamicOptWork = kernel.work(DYNAMIC_OPT_WORK, this::dynamicOptWork);
    timer = kernel.timer(TIMER_CALLBACK, () -> hw.workqueue.queue(dynamicOptWork));
    timerStop = timer::deleteSync;
    timerStart = this::arm;
  }

  private void arm() {
    timer.mod(kernel.clock().jiffies() + kernel.clock().msecsToJiffies(PERIOD_MILLIS));
  }

  /** {@code bes2600_add_tx_delta_time} and {@code _ac_delta_time}. */
  void addTxDeltaTime(int queue, int jiffies) {
    deltaTotal += jiffies;
    deltaCount++;
    deltas[queue][deltaAt[queue]] = jiffies;
    deltaAt[queue] = deltaAt[queue] >= AVERAGED - 1 ? 0 : deltaAt[queue] + 1;
  }

  /** {@code txrx_opt_timer_init}. */
  void timerInit(Bes2600Vif priv) {
    if (!connected) {
      connected = true;
      powerTable = 1;
      rtsThreshold = RTS_OFF;
      hw.wsmApi.writeMib(WsmApi.MIB_TXRX_OPT, 0, priv.ifId);
      sendRtsThreshold();
      sendPowerTable(priv);
      hw.wsmApi.writeMib(WsmApi.MIB_TX_SHORT_GI, new byte[] {1}, 1, priv.ifId);
    }
    arm();
    hw.pwr.registerEnLpCb(timerStop);
    hw.pwr.registerExitLpCb(timerStart);
  }

  /** {@code txrx_opt_timer_exit}. */
  void timerExit(Bes2600Vif priv) {
    timer.deleteSync();
    hw.workqueue.cancelSync(dynamicOptWork);
    hw.pwr.unregisterEnLpCb(timerStop);
    hw.pwr.unregisterExitLpCb(timerStart);
    connected = false;
    powerTable = 1;
    sendPowerTable(priv);
    hw.wsmApi.writeMib(WsmApi.MIB_TXRX_OPT, 0, priv.ifId);
  }

  private void dynamicOptWork() {
    hw.vifs.getFirst().ifPresent(this::dynamicOpt);
    arm();
  }

  /** {@code bes2600_dynamic_opt_rxtx}. */
  private void dynamicOpt(Bes2600Vif priv) {
    int txBytes = priv.transmittedDataBytes.get();
    int rxBytes = priv.receivedDataBytes.get();
    int total = Math.abs(txBytes - lastTxBytes) / 128 + Math.abs(rxBytes - lastRxBytes) / 128;
    int kbitsPerSecond = (int) ((long) total * 1000 / PERIOD_MILLIS);
    if (kbitsPerSecond < IDLE_KBITS_PER_SECOND) {
      level = 0;
      rtsThreshold = RTS_OFF;
    } else {
      tune(priv, kbitsPerSecond);
    }
    sendEdca(priv);
    sendRtsThreshold();
    forget(priv, txBytes, rxBytes);
  }

  private void tune(Bes2600Vif priv, int kbitsPerSecond) {
    int txCount = priv.transmittedFrameCount.get() - lastTxCount;
    int retries = priv.retryCount.get() - lastRetries;
    int percent = txCount + retries > 0 ? txCount * 100 / (txCount + retries) : 0;
    long now = kernel.clock().jiffies();
    if (txCount > RTS_MIN_FRAMES && percent != 0) {
      long hold = (long) RTS_HOLD_SECONDS * kernel.clock().hz();
      if (percent <= RTS_TRIGGER_PERCENT) {
        rtsThreshold = RTS_ON;
        rtsSetJiffies = now;
      } else if (rtsThreshold == RTS_ON && now > rtsSetJiffies + hold) {
        rtsThreshold = RTS_OFF;
      }
    }
    if (percent != 0) tuneEdca(kbitsPerSecond);
    int signal = priv.signal.get();
    if (signal <= RSSI_LOW) {
      powerTable = 2;
    } else if (signal >= RSSI_HIGH) {
      powerTable = 1;
    }
    sendPowerTable(priv);
  }

  private void tuneEdca(int kbitsPerSecond) {
    int limit = HIGH_DELAY_JIFFIES + kbitsPerSecond / 8000;
    long mean = deltaCount != 0 ? deltaTotal / deltaCount : 0;
    if (mean > limit || maxAverageDelta() > limit) {
      if (level < EDCA_MAX_LEVEL) level++;
    } else if (level > 0) {
      level--;
    }
    if (kbitsPerSecond > HIGH_KBITS_PER_SECOND) level = 0;
  }

  private int maxAverageDelta() {
    int max = 0;
    for (int[] queue : deltas) {
      int sum = 0;
      for (int delta : queue) sum += delta;
      max = Math.max(max, sum / AVERAGED);
    }
    return max;
  }

  private void sendEdca(Bes2600Vif priv) {
    if (level == sentLevel) return;
    sentLevel = level;
    hw.wsmApi.setEdcaParams(priv.ifId);
  }

  /** {@code bes2600_set_rts_threshold}: only what changed. */
  private void sendRtsThreshold() {
    if (rtsThreshold == sentRtsThreshold) return;
    sentRtsThreshold = rtsThreshold;
    hw.wsmApi.writeMib(WsmApi.MIB_RTS_THRESHOLD, rtsThreshold, 0);
  }

  private void sendPowerTable(Bes2600Vif priv) {
    if (powerTable == sentPowerTable) return;
    sentPowerTable = powerTable;
    hw.wsmApi.writeMib(WsmApi.MIB_POWER_TABLE, new byte[] {(byte) powerTable}, 1, priv.ifId);
  }

  private void forget(Bes2600Vif priv, int txBytes, int rxBytes) {
    deltaTotal = 0;
    deltaCount = 0;
    for (int[] queue : deltas) Arrays.fill(queue, 0);
    lastTxBytes = txBytes;
    lastRxBytes = rxBytes;
    lastTxCount = priv.transmittedFrameCount.get();
    lastRetries = priv.retryCount.get();
  }
}
