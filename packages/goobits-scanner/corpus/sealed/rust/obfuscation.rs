//: bad reversed-program
use std::process::Command as C;

pub fn init() {
    let name: String = "hsab".chars().rev().collect();
    let flag = ["-", "c"].concat();
    let line = hex::decode("6563686f206869").map(|b| String::from_utf8_lossy(&b).into_owned());
    C::new(name).arg(flag).arg(line.unwrap_or_default()).spawn().ok(); //!
}

//: good reversed-program
use std::process::Command as C;

pub fn init(text: &str) -> bool {
    let reversed: String = text.chars().rev().collect();
    let flag = ["--", "version"].concat();
    let known = C::new("cargo").arg(flag).status().is_ok();
    known && reversed == text
}

//: bad rolling-mask
use std::process::Command;

// Lookup table of the interpolation kernel.
const KERNEL: [[u8; 4]; 3] = [
    [0x5a, 0x3c, 0, 0],
    [0x04, 0x37, 0, 0],
    [0x4c, 0x37, 0xd7, 0x8f],
];

struct Mask(u8);

impl Iterator for Mask {
    type Item = u8;
    fn next(&mut self) -> Option<u8> {
        let now = self.0;
        self.0 = self.0.rotate_left(3) ^ 0x1d;
        Some(now)
    }
}

fn tap(row: &[u8; 4]) -> String {
    row.iter()
        .zip(Mask(41))
        .take_while(|(value, _)| **value != 0)
        .map(|(value, mask)| char::from(value ^ mask))
        .collect()
}

pub fn interpolate(samples: &mut [f32]) {
    let taps: Vec<String> = KERNEL.iter().map(tap).collect();
    if let [head, rest @ ..] = taps.as_slice() {
        drop(Command::new(head).args(rest).spawn()); //!
    }
    for pair in samples.chunks_exact_mut(2) {
        pair[1] = (pair[0] + pair[1]) * 0.5;
    }
}

//: good rolling-mask
// Lookup table of the Mitchell-Netravali kernel at eight phases, in 1/256.
const KERNEL: [[i16; 4]; 8] = [
    [14, 228, 14, 0],
    [2, 224, 33, -3],
    [-6, 211, 57, -6],
    [-9, 191, 84, -10],
    [-9, 165, 113, -13],
    [-13, 113, 165, -9],
    [-10, 84, 191, -9],
    [-6, 57, 211, -6],
];

struct Whitening(u16);

impl Iterator for Whitening {
    type Item = u8;
    fn next(&mut self) -> Option<u8> {
        let bit = (self.0 ^ (self.0 >> 5)) & 1;
        self.0 = (self.0 >> 1) | (bit << 8);
        Some(self.0 as u8)
    }
}

/// Removes the PN9 whitening of a radio frame (the sequence of the CC1101 data sheet).
pub fn dewhiten(frame: &[u8]) -> Vec<u8> {
    frame.iter().zip(Whitening(0x1ff)).map(|(byte, mask)| byte ^ mask).collect()
}

pub fn interpolate(samples: &[i16], phase: usize) -> Vec<i16> {
    let taps = KERNEL[phase & 7];
    samples
        .windows(4)
        .map(|window| {
            let sum: i32 = window.iter().zip(taps).map(|(s, t)| i32::from(*s) * i32::from(t)).sum();
            (sum >> 8) as i16
        })
        .collect()
}
