//! The one test binary: a module a subject.
mod autodiff;
mod chart;
mod lang;
mod linalg;
#[cfg(feature = "window")]
mod raster;
