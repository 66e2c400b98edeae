//! One program that holds every attack for native code: `probe NAME`, run in the project.
//!
//! An attack answers `Ok(true)` only after the kernel has really given it what it asked for; this
//! alone prints `GOT NAME`. All else is seen by the world: see attack_world.py.

mod files;
mod kernel;
mod limits;
mod namespaces;
mod segments;
mod sockets;
mod sys;
mod tasks;
mod world;

use std::process::exit;

/// What an attack is: it takes the facts of the world, and tells whether it got a power.
pub type Attack = fn(&world::World) -> sys::Answer;
pub type Named = (&'static str, Attack);

const TOPICS: &[&[Named]] = &[
    files::ATTACKS,
    kernel::ATTACKS,
    limits::ATTACKS,
    namespaces::ATTACKS,
    segments::ATTACKS,
    sockets::ATTACKS,
    tasks::ATTACKS,
];

fn main() {
    let name = std::env::args().nth(1).unwrap_or_default();
    let all = || TOPICS.iter().flat_map(|topic| topic.iter());
    if name == "--names" {
        all().for_each(|(name, _)| println!("{name}"));
        return;
    }
    let Some((_, attack)) = all().find(|(other, _)| *other == name) else {
        eprintln!("no attack is called {name}");
        exit(2);
    };
    match attack(&world::World::read()) {
        Ok(true) => println!("GOT {name}"),
        Ok(false) => println!("done"),
        Err(number) => println!("{}", std::io::Error::from_raw_os_error(number)),
    }
}
