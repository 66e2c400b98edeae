use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once};

use serde_json::{json, Value};

use crate::wire::Wire;
use crate::{Error, Progress};

const NOBODY_TO_ASK: i64 = -32001;
const INTERRUPTED: i64 = -32002;
const NOT_GRANTED: i64 = -32003;
const SIGTERM: i32 = 15;

/// The host answered with an error; `code` is that of the protocol.
#[derive(Debug)]
pub struct HostError {
    pub code: i64,
    pub message: String,
}

impl HostError {
    /// Tell whether stdin or stderr is no terminal, so that there is nobody to ask.
    pub fn is_nobody_to_ask(&self) -> bool {
        self.code == NOBODY_TO_ASK
    }

    /// Tell whether the user interrupts. A hook that fails with it ends with 130.
    pub fn is_interrupt(&self) -> bool {
        self.code == INTERRUPTED
    }

    /// Tell whether the plugin may not ask for this.
    pub fn is_not_granted(&self) -> bool {
        self.code == NOT_GRANTED
    }
}

impl fmt::Display for HostError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.message)
    }
}

impl std::error::Error for HostError {}

/// What a hook panicked with: its message, and with it the place.
#[derive(Debug)]
pub(crate) struct Panic(pub String, pub String);

impl fmt::Display for Panic {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

impl std::error::Error for Panic {}

pub(crate) fn is_interrupt(error: &Error) -> bool {
    error.downcast_ref().is_some_and(HostError::is_interrupt)
}

/// What a run is told.
#[derive(Debug, Clone)]
pub struct Context {
    pub plugin: String,
    /// The permissions by their kind.
    pub granted: BTreeMap<String, Vec<String>>,
    pub command: String,
    /// The folder that the user runs in.
    pub cwd: String,
    /// Whether the user's stdin, stdout and stderr are terminals.
    pub tty: [bool; 3],
    pub colour: bool,
    pub verbosity: u64,
}

impl Context {
    pub(crate) fn new(command: &str, hello: &Value, run: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let granted = hello["granted"].as_object().into_iter().flatten();
        let texts = |list: &Value| list.as_array().into_iter().flatten().map(text).collect();
        Self {
            plugin: text(&hello["plugin"]),
            granted: granted.map(|(kind, list)| (kind.clone(), texts(list))).collect(),
            command: command.to_owned(),
            cwd: text(&run["cwd"]),
            tty: ["stdin", "stdout", "stderr"].map(|end| run["tty"][end] == true),
            colour: run["colour"] == true,
            verbosity: run["verbosity"].as_u64().unwrap_or(0),
        }
    }
}

static CANCELLED: AtomicBool = AtomicBool::new(false);
static WATCHED: Once = Once::new();

extern "C" {
    fn signal(number: i32, handler: extern "C" fn(i32)) -> usize;
}

extern "C" fn cancel(_: i32) {
    CANCELLED.store(true, Ordering::Relaxed);
}

/// What a hook says to, and asks of, the program that it appears in. Any thread may.
pub struct Host {
    wire: Mutex<Wire>,
    context: Context,
}

impl Host {
    pub(crate) fn new(wire: Wire, context: Context) -> Self {
        Self { wire: Mutex::new(wire), context }
    }

    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Tell whether the run is to end: within two seconds, then everything is killed.
    ///
    /// Without a call of this, SIGTERM ends the process at once.
    pub fn cancelled(&self) -> bool {
        // SAFETY: the handler does nothing but store to an atomic.
        WATCHED.call_once(|| unsafe {
            signal(SIGTERM, cancel);
        });
        CANCELLED.load(Ordering::Relaxed)
    }

    /// Ask the user for a text.
    pub fn prompt(&self, message: &str, default: Option<&str>) -> Result<String, Error> {
        self.text("ui/prompt", json!({"message": message, "default": default}))
    }

    /// Ask the user yes or no.
    pub fn confirm(&self, message: &str, default: bool) -> Result<bool, Error> {
        let params = json!({"message": message, "default": default});
        Ok(self.ask("ui/confirm", &params)?["value"] == true)
    }

    /// Ask the user for a text that is not shown.
    pub fn secret(&self, message: &str) -> Result<String, Error> {
        self.text("ui/secret", json!({ "message": message }))
    }

    /// Show lines in place of those of the frame before.
    pub fn frame<S: AsRef<str>>(&self, lines: &[S]) -> Result<(), Error> {
        let lines: Vec<&str> = lines.iter().map(AsRef::as_ref).collect();
        self.notify("ui/frame", json!({ "lines": lines }))
    }

    /// Return the processes of the machine, as the protocol writes them.
    pub fn processes(&self) -> Result<Vec<Value>, Error> {
        match self.ask("system/processes", &json!({}))?["processes"].take() {
            Value::Array(processes) => Ok(processes),
            _ => Err("the host names no processes".into()),
        }
    }

    /// Return the figures of the machine, as the protocol writes them.
    pub fn metrics(&self) -> Result<Value, Error> {
        self.ask("system/metrics", &json!({}))
    }

    /// Begin a bar, which ends when it is dropped; `total` none is not known.
    pub fn progress(&self, message: &str, total: Option<u64>) -> Result<Progress<'_>, Error> {
        Progress::new(self, message, total)
    }

    pub fn debug(&self, message: &str) -> Result<(), Error> {
        self.log("debug", message)
    }

    pub fn info(&self, message: &str) -> Result<(), Error> {
        self.log("info", message)
    }

    pub fn warning(&self, message: &str) -> Result<(), Error> {
        self.log("warning", message)
    }

    pub fn error(&self, message: &str) -> Result<(), Error> {
        self.log("error", message)
    }

    fn log(&self, level: &str, message: &str) -> Result<(), Error> {
        self.notify("$/log", json!({"level": level, "message": message}))
    }

    pub(crate) fn notify(&self, method: &str, params: Value) -> Result<(), Error> {
        self.send(json!({"method": method, "params": params}))
    }

    pub(crate) fn send(&self, message: Value) -> Result<(), Error> {
        self.wire().send(message)
    }

    fn text(&self, method: &str, params: Value) -> Result<String, Error> {
        let answer = self.ask(method, &params)?;
        Ok(answer["value"].as_str().unwrap_or_default().to_owned())
    }

    fn ask(&self, method: &str, params: &Value) -> Result<Value, Error> {
        let Some(mut answer) = self.wire().ask(method, params)? else {
            CANCELLED.store(true, Ordering::Relaxed);
            return Err(Box::new(HostError { code: INTERRUPTED, message: "interrupted".into() }));
        };
        let error = answer.remove("error").unwrap_or_default();
        match error["code"].as_i64() {
            None => Ok(answer.remove("result").unwrap_or_default()),
            Some(code) => {
                let message = error["message"].as_str().unwrap_or_default().to_owned();
                Err(Box::new(HostError { code, message }))
            }
        }
    }

    fn wire(&self) -> MutexGuard<'_, Wire> {
        self.wire.lock().unwrap_or_else(|held| held.into_inner())
    }
}
