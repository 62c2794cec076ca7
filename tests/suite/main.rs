//! The one test binary: a module a subject.
mod autodiff;
mod chart;
#[cfg(feature = "window")]
mod fonts;
mod lang;
mod lang_graph;
mod lang_print;
mod linalg;
#[cfg(feature = "window")]
mod raster;
