//! The one test binary: a module a subject.
mod linalg;
#[cfg(feature = "window")]
mod raster;
