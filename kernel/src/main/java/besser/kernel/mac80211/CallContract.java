package besser.kernel.mac80211;

import besser.kernel.machine.Machine;
import besser.kernel.observe.Context;

/**
 * What mac80211.h demands of a driver that calls into it, told to observers when it is broken: the
 * context of a call, which of the receive calls may be mixed, and which may run side by side.
 */
final class CallContract {
  private final Machine machine;
  private boolean irqsafeUsed;
  private boolean listUsed;
  private int insideRx;
  private int insideTxStatus;

  CallContract(Machine machine) {
    this.machine = machine;
  }

  void rxIrqsafeBegins() {
    irqsafeUsed = true;
    if (listUsed) broken("ieee80211_rx_irqsafe mixed with ieee80211_rx_list");
    if (insideTxStatus > 0) broken("ieee80211_rx_irqsafe called beside ieee80211_tx_status_skb");
    insideRx++;
  }

  void rxIrqsafeEnds() {
    insideRx--;
  }

  void rxListBegins() {
    listUsed = true;
    if (irqsafeUsed) broken("ieee80211_rx_list mixed with ieee80211_rx_irqsafe");
    notInHardirq("ieee80211_rx_list");
    if (machine.isObserved() && !machine.context().bhDisabled()) {
      broken("ieee80211_rx_list called with bottom halves enabled");
    }
    if (insideRx > 0) broken("ieee80211_rx_list called beside itself");
    if (insideTxStatus > 0) broken("ieee80211_rx_list called beside ieee80211_tx_status_skb");
    insideRx++;
  }

  void rxListEnds() {
    insideRx--;
  }

  void txStatusBegins() {
    notInHardirq("ieee80211_tx_status_skb");
    if (machine.isObserved() && !machine.context().bhDisabled()) {
      // ieee80211_tx_status_ni is the one for process context.
      broken("ieee80211_tx_status_skb called in process context");
    }
    if (insideRx > 0) broken("ieee80211_tx_status_skb called beside a receive call");
    if (insideTxStatus > 0) broken("ieee80211_tx_status_skb called beside itself");
    insideTxStatus++;
  }

  void txStatusEnds() {
    insideTxStatus--;
  }

  private void notInHardirq(String function) {
    if (machine.isObserved() && machine.context().kind() == Context.Kind.HARDIRQ) {
      broken(function + " called in hardirq");
    }
  }

  private void broken(String rule) {
    if (machine.isObserved()) machine.observers().misused(rule, machine.context());
  }
}
