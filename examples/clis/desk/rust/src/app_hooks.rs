//! The one command that desk has of its own.

use super::{cli_types, goobits};

/// Say where you are.
pub fn on_where(_: cli_types::Where) -> goobits::Result {
    println!("at your desk");
    Ok(())
}
