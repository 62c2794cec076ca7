//! Elementary functions: one deterministic set, the same bits on every machine.
