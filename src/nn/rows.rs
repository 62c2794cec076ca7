//! What is done over each row of `[rows, units]`: softmax and its logarithm. The core sums over rows, so the work is done
//! on the transpose.

use crate::autodiff::{Graph, NodeId};

/// `[units, rows]`: each column less its largest number, and the sum of the exponentials of that, repeated to the shape.
pub(super) struct Shifted {
    /// The numbers less their largest.
    pub(super) values: NodeId,
    /// Their exponentials.
    pub(super) exps: NodeId,
    /// The sums of the exponentials, `[1, rows]`.
    pub(super) sums: NodeId,
}

/// The shifted numbers of `z`, of shape `[rows, units]`, as columns.
pub(super) fn shifted(graph: &mut Graph, z: NodeId) -> Shifted {
    let columns = graph.transpose(z);
    let shape = graph.shape(columns);
    let peaks = graph.peak_rows(columns);
    let peaks = graph.broadcast(peaks, shape);
    let values = graph.sub(columns, peaks);
    let exps = graph.exp(values);
    let sums = graph.sum_rows(exps);
    Shifted { values, exps, sums }
}

/// `exp(z)` over the sum of its row.
pub(super) fn softmax(graph: &mut Graph, z: NodeId) -> NodeId {
    let Shifted { exps, sums, .. } = shifted(graph, z);
    let shape = graph.shape(exps);
    let sums = graph.broadcast(sums, shape);
    let shares = graph.div(exps, sums);
    graph.transpose(shares)
}
