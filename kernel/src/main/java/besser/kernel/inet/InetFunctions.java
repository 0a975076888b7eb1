package besser.kernel.inet;

import besser.kernel.KernelFunction;
import java.util.List;

/** Every function that this package charges. */
public final class InetFunctions {
  static final KernelFunction IP_RCV = KernelFunction.vmlinux("ip_rcv");
  static final KernelFunction IP_LOCAL_DELIVER = KernelFunction.vmlinux("ip_local_deliver");
  static final KernelFunction TCP_V4_RCV = KernelFunction.vmlinux("tcp_v4_rcv");
  static final KernelFunction TCP_V4_DO_RCV = KernelFunction.vmlinux("tcp_v4_do_rcv");
  static final KernelFunction TCP_RCV_STATE = KernelFunction.vmlinux("tcp_rcv_state_process");
  static final KernelFunction TCP_RCV_ESTABLISHED = KernelFunction.vmlinux("tcp_rcv_established");
  static final KernelFunction TCP_QUEUE_RCV = KernelFunction.vmlinux("tcp_queue_rcv");
  static final KernelFunction TCP_DATA_QUEUE_OFO = KernelFunction.vmlinux("tcp_data_queue_ofo");
  static final KernelFunction TCP_SEND_ACK = KernelFunction.vmlinux("__tcp_send_ack");
  static final KernelFunction TCP_TRANSMIT_SKB = KernelFunction.vmlinux("__tcp_transmit_skb");
  static final KernelFunction TCP_DELACK_TIMER = KernelFunction.vmlinux("tcp_delack_timer");
  static final KernelFunction SOCK_DEF_READABLE = KernelFunction.vmlinux("sock_def_readable");
  static final KernelFunction IP_QUEUE_XMIT = KernelFunction.vmlinux("__ip_queue_xmit");
  static final KernelFunction IP_FINISH_OUTPUT = KernelFunction.vmlinux("ip_finish_output2");
  static final KernelFunction LOCK_SOCK = KernelFunction.vmlinux("lock_sock_nested");
  static final KernelFunction RELEASE_SOCK = KernelFunction.vmlinux("release_sock");
  static final KernelFunction TCP_RECVMSG = KernelFunction.vmlinux("tcp_recvmsg_locked");
  static final KernelFunction TCP_RCV_SPACE = KernelFunction.vmlinux("tcp_rcv_space_adjust");
  static final KernelFunction TCP_POLL = KernelFunction.vmlinux("tcp_poll");

  /** Also charged by the byte, at the cost model's rate for copying. */
  static final KernelFunction COPY_TO_USER = KernelFunction.vmlinux("__arch_copy_to_user");

  static final KernelFunction UDP_RCV = KernelFunction.vmlinux("udp_rcv");
  static final KernelFunction UDP_ENQUEUE = KernelFunction.vmlinux("__udp_enqueue_schedule_skb");
  static final KernelFunction UDP_RECVMSG = KernelFunction.vmlinux("udp_recvmsg");
  static final KernelFunction SYSCALL = KernelFunction.vmlinux("el0t_64_sync");
  static final KernelFunction SYS_READ = KernelFunction.vmlinux("ksys_read");
  static final KernelFunction SYS_WRITE = KernelFunction.vmlinux("ksys_write");
  static final KernelFunction SYS_POLL = KernelFunction.vmlinux("do_sys_poll");
  static final KernelFunction PIPE_WRITE = KernelFunction.vmlinux("pipe_write");
  static final KernelFunction PIPE_READ = KernelFunction.vmlinux("pipe_read");

  /** What the reading programs do in user space, per round. */
  static final KernelFunction NETCAT = KernelFunction.of("nc", "main");

  static final KernelFunction PIPE_CONSUMER = KernelFunction.of("pv", "main");

  private InetFunctions() {}

  /** All of them, for a profile to give each its cost. */
  public static List<KernelFunction> all() {
    return List.of(
        IP_RCV,
        IP_LOCAL_DELIVER,
        TCP_V4_RCV,
        TCP_V4_DO_RCV,
        TCP_RCV_STATE,
        TCP_RCV_ESTABLISHED,
        TCP_QUEUE_RCV,
        TCP_DATA_QUEUE_OFO,
        TCP_SEND_ACK,
        TCP_TRANSMIT_SKB,
        TCP_DELACK_TIMER,
        SOCK_DEF_READABLE,
        IP_QUEUE_XMIT,
        IP_FINISH_OUTPUT,
        LOCK_SOCK,
        RELEASE_SOCK,
        TCP_RECVMSG,
        TCP_RCV_SPACE,
        TCP_POLL,
        COPY_TO_USER,
        UDP_RCV,
        UDP_ENQUEUE,
        UDP_RECVMSG,
        SYSCALL,
        SYS_READ,
        SYS_WRITE,
        SYS_POLL,
        PIPE_WRITE,
        PIPE_READ,
        NETCAT,
        PIPE_CONSUMER);
  }
}
