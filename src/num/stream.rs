//! Seeded random streams: a named, portable generator (ChaCha8), one stream a purpose, so that the same seed gives the
//! same run on every machine and adding a consumer does not disturb the others.
