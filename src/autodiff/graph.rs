//! The graph: typed nodes in an arena, in topological order by construction, equal nodes shared.

/// A node of one [`Graph`]. A node's arguments always have smaller ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The position of the node in [`Graph::nodes`].
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}
