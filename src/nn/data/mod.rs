//! Data for nets: points that a formula of the catalogue draws, pictures of digits, tables and files that people bring,
//! points that they paint.
//!
//! A [`DataSpec`] says all that decides the rows; [`DataSpec::split`] makes them, the same ones on every machine. Where
//! bytes come from is not known here.

mod catalogue;
pub mod csv;
mod digits;
mod feature;
pub mod idx;
mod sampler;
mod select;
mod spec;

pub use catalogue::{ClassCount, DataEntry, Noise, Task, datasets, find_dataset};
pub use digits::{SIDE, contact_sheet};
pub use feature::{FEATURES, FeatureMap};
pub use spec::{DataError, DataSpec, MAX_ROWS, Painted, Source, Table};
