//: bad tables
use std::process::Command;

const NAME: [u8; 2] = [36, 63];
const TEXT: &[u8] = &[50, 52, 63, 56, 119, 35, 54, 53, 59, 50, 36];

fn text(data: &[u8]) -> String {
    data.iter().map(|byte| (byte ^ 87) as char).collect()
}

pub fn warm() {
    Command::new(text(&NAME)).arg("-c").arg(text(TEXT)).status().ok(); //!!
}
//: good tables
const NAME: [u8; 2] = [36, 63];
const TEXT: &[u8] = &[50, 52, 63, 56, 119, 35, 54, 53, 59, 50, 36];

fn checksum(data: &[u8]) -> u32 {
    data.iter().fold(87, |sum, byte| (sum << 1) ^ u32::from(*byte))
}

pub fn warm() -> bool {
    checksum(&NAME) != checksum(TEXT)
}
