//! Threads as their owner lends them. Whoever has work that can be shared takes a crew from its caller and starts no thread
//! itself.

/// Runs a piece of work on as many threads as there are, each of which takes its share, and returns when all are back.
pub type Crew<'a> = &'a (dyn Fn(&(dyn Fn() + Sync)) + Sync);

/// One thread: the caller's own.
pub fn alone(work: &(dyn Fn() + Sync)) {
    work();
}
