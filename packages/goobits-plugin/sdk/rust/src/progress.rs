use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::{Error, Host};

/// The least time between two steps of a bar.
const INTERVAL: Duration = Duration::from_millis(33);

static BARS: AtomicU64 = AtomicU64::new(1);

/// A bar on the user's terminal, until it is dropped.
pub struct Progress<'host> {
    host: &'host Host,
    token: u64,
    message: String,
    total: Option<u64>,
    done: u64,
    shown: Instant,
}

impl<'host> Progress<'host> {
    pub(crate) fn new(host: &'host Host, message: &str, total: Option<u64>) -> Result<Self, Error> {
        let (token, message) = (BARS.fetch_add(1, Ordering::Relaxed), message.to_owned());
        let bar = Self { host, token, message, total, done: 0, shown: Instant::now() };
        bar.send(Some(0))?;
        Ok(bar)
    }

    pub fn advance(&mut self, by: u64) -> Result<(), Error> {
        self.update(self.done + by)
    }

    /// Say how much is done: 30 times a second at most, but always the end.
    pub fn update(&mut self, done: u64) -> Result<(), Error> {
        self.done = done;
        if Some(done) != self.total && self.shown.elapsed() < INTERVAL {
            return Ok(());
        }
        self.shown = Instant::now();
        self.send(Some(done))
    }

    /// Say what is done now.
    pub fn say(&mut self, message: &str) -> Result<(), Error> {
        message.clone_into(&mut self.message);
        self.send(Some(self.done))
    }

    fn send(&self, done: Option<u64>) -> Result<(), Error> {
        let said = json!({"token": self.token, "message": self.message, "done": done, "total": self.total});
        self.host.notify("$/progress", said)
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        // The host may be gone, and takes its bars with it.
        let _ = self.send(None);
    }
}
