//! `ami`, the manager interface on the command line.
#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    ami_client::cli::main()
}
