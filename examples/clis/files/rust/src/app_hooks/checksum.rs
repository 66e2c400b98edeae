//! SHA-1, SHA-256 and SHA-512 as FIPS 180-4 has them: the standard library has none.
//! A program that may depend on others would take the crates `sha1` and `sha2`.

use std::fs::File;
use std::io::{self, BufReader, Read};

/// Return the checksum of a file in hexadecimal digits.
pub fn checksum(path: &str, algorithm: &str) -> io::Result<String> {
    let file = BufReader::new(File::open(path)?);
    match algorithm {
        "sha1" => sha1(file),
        "sha256" => sha256(file),
        _ => sha512(file),
    }
}

/// The first bits of the fractions of the square roots of the first primes.
#[rustfmt::skip]
const START: [u64; 8] = [
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
];

/// The first bits of the fractions of the cube roots of the first primes.
#[rustfmt::skip]
const ROUNDS: [u64; 80] = [
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
    0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
    0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
    0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
    0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
    0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
];

/// Define a member of the SHA-2 family by its word, rounds and rotations.
macro_rules! sha2 {
    ($name:ident, $word:ty, $rounds:literal, $a:expr, $e:expr, $early:expr, $late:expr) => {
        fn $name(source: impl Read) -> io::Result<String> {
            const BYTES: usize = (<$word>::BITS / 8) as usize;
            let head = |constant: u64| (constant >> (64 - <$word>::BITS)) as $word;
            let mixed = |word: $word, by: [u32; 3]| {
                word.rotate_right(by[0]) ^ word.rotate_right(by[1]) ^ word.rotate_right(by[2])
            };
            let spread = |word: $word, by: [u32; 3]| {
                word.rotate_right(by[0]) ^ word.rotate_right(by[1]) ^ (word >> by[2])
            };
            let mut state = START.map(head);
            each_block(source, |block: &[u8; 16 * BYTES]| {
                let mut words = [0; $rounds];
                for (word, bytes) in words.iter_mut().zip(block.chunks_exact(BYTES)) {
                    *word = <$word>::from_be_bytes(bytes.try_into().unwrap());
                }
                for t in 16..$rounds {
                    words[t] = spread(words[t - 2], $late)
                        .wrapping_add(words[t - 7])
                        .wrapping_add(spread(words[t - 15], $early))
                        .wrapping_add(words[t - 16]);
                }
                let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
                for t in 0..$rounds {
                    let first = h
                        .wrapping_add(mixed(e, $e))
                        .wrapping_add((e & f) ^ (!e & g))
                        .wrapping_add(head(ROUNDS[t]))
                        .wrapping_add(words[t]);
                    let second = mixed(a, $a).wrapping_add((a & b) ^ (a & c) ^ (b & c));
                    (h, g, f, e) = (g, f, e, d.wrapping_add(first));
                    (d, c, b, a) = (c, b, a, first.wrapping_add(second));
                }
                for (sum, word) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
                    *sum = sum.wrapping_add(word);
                }
            })?;
            Ok(state.map(|word| format!("{word:0width$x}", width = 2 * BYTES)).concat())
        }
    };
}

sha2! { sha256, u32, 64, [2, 13, 22], [6, 11, 25], [7, 18, 3], [17, 19, 10] }
sha2! { sha512, u64, 80, [28, 34, 39], [14, 18, 41], [1, 8, 7], [19, 61, 6] }

fn sha1(source: impl Read) -> io::Result<String> {
    let mut state: [u32; 5] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
    each_block(source, |block: &[u8; 64]| {
        let mut words = [0; 80];
        for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
            *word = u32::from_be_bytes(bytes.try_into().unwrap());
        }
        for t in 16..80 {
            let word: u32 = words[t - 3] ^ words[t - 8] ^ words[t - 14] ^ words[t - 16];
            words[t] = word.rotate_left(1);
        }
        let [mut a, mut b, mut c, mut d, mut e] = state;
        for (t, word) in words.into_iter().enumerate() {
            let (mixed, constant) = match t {
                0..=19 => ((b & c) | (!b & d), 0x5a827999),
                20..=39 => (b ^ c ^ d, 0x6ed9eba1),
                40..=59 => ((b & c) | (b & d) | (c & d), 0x8f1bbcdc),
                _ => (b ^ c ^ d, 0xca62c1d6),
            };
            let next = a
                .rotate_left(5)
                .wrapping_add(mixed)
                .wrapping_add(e)
                .wrapping_add(constant)
                .wrapping_add(word);
            (e, d, c, b, a) = (d, c, b.rotate_left(30), a, next);
        }
        for (sum, word) in state.iter_mut().zip([a, b, c, d, e]) {
            *sum = sum.wrapping_add(word);
        }
    })?;
    Ok(state.map(|word| format!("{word:08x}")).concat())
}

/// Hand over the bytes in blocks of `N`; the last holds their number in bits.
fn each_block<const N: usize>(
    mut source: impl Read,
    mut compress: impl FnMut(&[u8; N]),
) -> io::Result<()> {
    let mut length = 0;
    loop {
        let mut block = [0; N];
        let filled = fill(&mut source, &mut block)?;
        length += filled as u64;
        if filled < N {
            block[filled] = 0x80;
            if filled >= N - N / 8 {
                compress(&block);
                block = [0; N];
            }
            block[N - 8..].copy_from_slice(&(length * 8).to_be_bytes());
            compress(&block);
            return Ok(());
        }
        compress(&block);
    }
}

/// Read until the block is full or the source ends; return the number of bytes.
fn fill(source: &mut impl Read, block: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < block.len() {
        match source.read(&mut block[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
