#!/bin/sh
# Build the program for this machine, and put it where the manifest says.
set -eu
cd "$(dirname "$0")"
target="$(uname -m)-unknown-linux-gnu"
cargo build --release
mkdir -p "bin/$target"
cp target/release/words "bin/$target/words"
