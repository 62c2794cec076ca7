//! The process: hands the arguments to the command line, and gives it the window where there is one.

use std::process::ExitCode;

#[cfg(feature = "window")]
mod window;

fn main() -> ExitCode {
    #[cfg(feature = "window")]
    return downhill::cli::main(std::env::args_os(), Some(&window::Native));
    #[cfg(not(feature = "window"))]
    downhill::cli::main(std::env::args_os(), None)
}
