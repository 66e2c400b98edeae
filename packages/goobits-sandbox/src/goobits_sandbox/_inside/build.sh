#!/bin/sh
# Build launch-x86_64 and launch-aarch64 beside launch.c, or in the folder that is given.
# The same compiler (Debian 12: gcc 12.2.0, gcc-aarch64-linux-gnu) makes the same bytes.
set -eu
here=$(dirname "$0")
into=${1:-$here}
for machine in x86_64 aarch64; do
  "${machine}-linux-gnu-gcc" -std=c11 -Os -Wall -Wextra -Werror -ffreestanding -nostdlib \
    -static -no-pie -fno-pic -fno-stack-protector -fno-asynchronous-unwind-tables -fno-builtin \
    -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-z,norelro -Wl,--gc-sections -s \
    -o "$into/launch-$machine" "$here/launch.c"
  chmod 755 "$into/launch-$machine"
done
