//! The one test binary: a module a subject.

#![allow(unreachable_pub, reason = "a test binary has no outside")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "the helpers of a test may fail it")]

mod about;
mod autodiff;
mod chart;
mod cli;
mod cli_animate;
mod cli_figure;
mod cli_maps;
mod cli_train;
#[cfg(feature = "window")]
mod cpu_renderer;
mod datasets;
mod descent;
mod examples;
mod explain;
mod figure;
mod film;
mod fleet;
#[cfg(feature = "window")]
mod fonts;
mod forks;
mod i18n;
mod inspect;
mod lang;
mod lang_derivative;
mod lang_graph;
mod lang_print;
mod linalg;
mod maps;
mod models;
mod net_analysis;
mod net_session;
mod nets;
mod optim;
#[cfg(feature = "window")]
mod raster;
mod relief;
mod scenario;
mod scene;
mod schedules;
mod session;
mod snippets;
mod sources;
mod surfaces;
mod tensors;
mod tidy;
mod trajectories;
mod typed;
mod typing;
#[cfg(feature = "window")]
mod window;
#[cfg(feature = "window")]
mod window_access;
#[cfg(feature = "window")]
mod window_data;
#[cfg(feature = "window")]
mod window_editor;
#[cfg(feature = "window")]
mod window_export;
#[cfg(feature = "window")]
mod window_files;
#[cfg(feature = "window")]
mod window_maps;
#[cfg(feature = "window")]
mod window_net;
#[cfg(feature = "window")]
mod window_race;
#[cfg(feature = "window")]
mod window_views;
#[cfg(feature = "window")]
mod window_why;
