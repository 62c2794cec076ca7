//! Numbers: elementary functions, small dense linear algebra, seeded streams. Knows no other room.

pub mod elem;
pub mod linalg;
pub mod stream;
