//! The process: arguments to a command or to the window.

fn main() {}
