#![doc = include_str!("../README.md")]

mod args;
mod host;
mod progress;
#[cfg(test)]
mod tests;
mod wire;

use std::any::Any;
use std::cell::RefCell;
use std::io::Write;
use std::panic::{self, AssertUnwindSafe};
use std::process;
use std::sync::Once;

pub use args::Args;
pub use host::{Context, Host, HostError};
pub use progress::Progress;
pub use serde_json;
use serde_json::{json, Value};

/// Whatever a hook fails with: `?` makes it of any error.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

const BY_HAND: &str = "\
this is a goobits plugin: it is run by the programs that it is installed for
try it with: goobits plugin try FOLDER COMMAND";
const LONGEST_TEXT: usize = 1 << 15;
const INTERRUPTED: u8 = 130;
const CLOSED_PIPE: u8 = 141;

thread_local! {
    /// While a hook runs in this thread: what it panicked with, and where.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}
static HOOKED: Once = Once::new();

/// What a hook ends with: `()`, an exit code (one beyond 0 to 255 becomes 1), or data.
pub struct Outcome {
    exit_code: u8,
    data: Value,
}

impl From<()> for Outcome {
    fn from((): ()) -> Self {
        0.into()
    }
}

impl From<i32> for Outcome {
    fn from(code: i32) -> Self {
        let exit_code = u8::try_from(code).unwrap_or(1);
        Self { exit_code, data: Value::Null }
    }
}

impl From<Value> for Outcome {
    fn from(data: Value) -> Self {
        Self { exit_code: 0, data }
    }
}

type Hook = Box<dyn Fn(&Args, &Host) -> Result<Outcome, Error>>;

/// The hooks of a plugin, by their commands.
#[derive(Default)]
pub struct Plugin {
    hooks: Vec<(String, Hook)>,
}

impl Plugin {
    pub fn new() -> Self {
        Self::default()
    }

    /// Add the hook of a command, which is its words: `git-branch create`.
    #[must_use]
    pub fn command<R: Into<Outcome>>(
        mut self,
        words: &str,
        hook: impl Fn(&Args, &Host) -> Result<R, Error> + 'static,
    ) -> Self {
        let hook = move |args: &Args, host: &Host| hook(args, host).map(Into::into);
        self.hooks.push((words.to_owned(), Box::new(hook)));
        self
    }

    /// Answer the host with the hook that it asks for, and end the process.
    pub fn run(self) -> ! {
        let Some(socket) = wire::socket() else {
            eprintln!("{BY_HAND}");
            process::exit(2)
        };
        // Without a host there is nobody to tell what is wrong.
        let code = self.serve(wire::Wire::new(socket)).unwrap_or(1);
        process::exit(code.into())
    }

    fn serve(&self, mut wire: wire::Wire) -> Result<u8, Error> {
        let (id, context, args) = loop {
            match wire.receive()? {
                wire::Said::Run(id, context, args) => break (id, context, args),
                wire::Said::Cancel => return Ok(INTERRUPTED),
                wire::Said::Answer(_) => {}
            }
        };
        let command = context.command.clone();
        let Some((_, hook)) = self.hooks.iter().find(|(words, _)| *words == command) else {
            let text = format!("there is no hook for the command '{command}'");
            wire.refuse(&id, -32601, &text)?;
            return Ok(1);
        };
        let host = Host::new(wire, context);
        let answered = match called(hook, &args, &host) {
            Ok(Outcome { exit_code, data }) => {
                let result = json!({"exit_code": exit_code, "data": data});
                host.send(json!({"id": id, "result": result})).map(|()| exit_code)
            }
            Err(error) => Err(error),
        };
        answered.or_else(|error| {
            host.send(json!({"id": id, "error": failure(&error)}))?;
            Ok(1)
        })
    }
}

/// Call a hook; what ends it from outside is an exit code, a panic an error.
fn called(hook: &Hook, args: &Args, host: &Host) -> Result<Outcome, Error> {
    HOOKED.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            PANIC.with_borrow_mut(|panic| match panic {
                Some(text) => *text = info.to_string(),
                None => usual(info),
            });
        }));
    });
    PANIC.set(Some(String::new()));
    let done = panic::catch_unwind(AssertUnwindSafe(|| hook(args, host)));
    let trace = PANIC.take().unwrap_or_default();
    let is_read = std::io::stdout().flush().is_ok();
    match done {
        Ok(Ok(outcome)) if is_read => Ok(outcome),
        Ok(Ok(_)) => Ok(i32::from(CLOSED_PIPE).into()),
        Ok(Err(error)) if host::is_interrupt(&error) => Ok(i32::from(INTERRUPTED).into()),
        Ok(Err(error)) => Err(error),
        Err(payload) => match text_of(&*payload) {
            text if text.starts_with("failed printing to stdout: Broken pipe") => {
                Ok(i32::from(CLOSED_PIPE).into())
            }
            text => Err(Box::new(host::Panic(text.to_owned(), trace))),
        },
    }
}

fn text_of(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or(payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("panicked")
}

/// What is said of an error: its message, and as the trace all that brought it about.
fn failure(error: &Error) -> Value {
    let message = match error.to_string() {
        text if text.is_empty() => "it failed and does not say why".to_owned(),
        text => text.chars().take(LONGEST_TEXT).collect(),
    };
    let mut trace = match error.downcast_ref::<host::Panic>() {
        Some(host::Panic(_, trace)) => trace.clone(),
        None => format!("{error:?}"),
    };
    let mut cause = error.source();
    while let Some(error) = cause {
        trace += &format!("\ncaused by: {error}");
        cause = error.source();
    }
    let trace: String = trace.chars().take(LONGEST_TEXT).collect();
    json!({"code": -32000, "message": message, "data": {"trace": trace}})
}
