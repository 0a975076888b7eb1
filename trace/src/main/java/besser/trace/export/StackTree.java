package besser.trace.export;

import besser.trace.Frame;
import besser.trace.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All call chains met, as a tree from their roots; equal chains are one node. */
final class StackTree {
  private final List<Node> nodes = new ArrayList<>();
  private final Node root;

  /** The end of a chain, seen from its root. */
  static final class Node {
    private final int id;
    private final Node parent;
    private final Frame frame;
    private final Map<Frame, Node> children = new HashMap<>(4);

    private Node(int id, Node parent, Frame frame) {
      this.id = id;
      this.parent = parent;
      this.frame = frame;
    }

    private Node(Frame nothing) {
      this.id = 0;
      this.parent = this;
      this.frame = nothing;
    }

    /** Position among all nodes; 0 is the empty chain. */
    int id() {
      return id;
    }

    Node parent() {
      return parent;
    }

    Frame frame() {
      return frame;
    }

    boolean isRoot() {
      return parent == this;
    }

    /** The frames from the root to here. */
    List<Frame> frames() {
      List<Frame> frames = new ArrayList<>();
      for (Node node = this; !node.isRoot(); node = node.parent) {
        frames.add(node.frame);
      }
      return frames.reversed();
    }
  }

  StackTree() {
    root = new Node(new Frame(Frame.UNKNOWN_SYMBOL, Frame.UNKNOWN_SYMBOL, Frame.Space.OTHER));
    nodes.add(root);
  }

  /** The empty chain. */
  Node root() {
    return root;
  }

  int size() {
    return nodes.size();
  }

  Node node(int id) {
    return nodes.get(id);
  }

  /** The node of a sample's chain, below {@code start}. */
  Node add(Node start, Sample sample) {
    Node node = start;
    for (int i = sample.depth() - 1; i >= 0; i--) {
      node = child(node, sample.frame(i));
    }
    return node;
  }

  Node child(Node parent, Frame frame) {
    Node known = parent.children.get(frame);
    if (known == null) {
      known = new Node(nodes.size(), parent, frame);
      nodes.add(known);
      parent.children.put(frame, known);
    }
    return known;
  }
}
