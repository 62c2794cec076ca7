//! Numbers: elementary functions, small dense linear algebra, seeded streams, lent threads. Knows no other room.

pub mod crew;
pub mod elem;
pub mod linalg;
pub mod stream;
