use std::env;
use std::io::{BufRead, BufReader, Write};
use std::os::fd::{BorrowedFd, FromRawFd, OwnedFd};
use std::os::unix::net::UnixStream;

use serde_json::{json, Map, Value};

use crate::{Args, Context, Error};

const SDK: &str = concat!("rust/", env!("CARGO_PKG_VERSION"));
const LONGEST: usize = 1 << 20;

/// Return the socket to the host; none when the process was started by hand.
pub fn socket() -> Option<UnixStream> {
    let fd = env::var("GOOBITS_RPC_FD").ok()?.parse().ok().filter(|fd| *fd > 2)?;
    env::remove_var("GOOBITS_RPC_FD");
    // SAFETY: it is borrowed for a call that fails where it is not open.
    let copy = unsafe { BorrowedFd::borrow_raw(fd) }.try_clone_to_owned().ok()?;
    // SAFETY: it is open, and nothing else in this process knows its number. Other programs inherit
    // it, unlike the copy, so it is closed.
    drop(unsafe { OwnedFd::from_raw_fd(fd) });
    Some(copy.into())
}

/// What the host says that is not answered here.
pub enum Said {
    Answer(Message),
    Cancel,
    Run(Value, Context, Args),
}

type Message = Map<String, Value>;

/// Lines of JSON-RPC, to and from the host.
pub struct Wire {
    input: BufReader<UnixStream>,
    asked: u64,
    hello: Option<Message>,
    is_running: bool,
}

impl Wire {
    pub fn new(socket: UnixStream) -> Self {
        Self { input: BufReader::new(socket), asked: 0, hello: None, is_running: false }
    }

    /// Write a message, unless it is too long for a line.
    pub fn send(&mut self, mut message: Value) -> Result<(), Error> {
        message["jsonrpc"] = "2.0".into();
        let line = format!("{message}\n");
        if line.len() > LONGEST {
            return Err(format!("a message of {} bytes is over {LONGEST}", line.len()).into());
        }
        Ok(self.input.get_mut().write_all(line.as_bytes())?)
    }

    pub fn refuse(&mut self, id: &Value, code: i32, message: &str) -> Result<(), Error> {
        self.send(json!({"id": id, "error": {"code": code, "message": message}}))
    }

    /// Send a request and return its answer; none when the user interrupts.
    pub fn ask(&mut self, method: &str, params: &Value) -> Result<Option<Message>, Error> {
        self.asked += 1;
        self.send(json!({"id": self.asked, "method": method, "params": params}))?;
        loop {
            match self.receive()? {
                Said::Answer(answer) if answer.get("id") == Some(&self.asked.into()) => {
                    return Ok(Some(answer))
                }
                Said::Cancel => return Ok(None),
                _ => {}
            }
        }
    }

    /// Return the next answer, cancellation, or command to run; see to all else.
    pub fn receive(&mut self) -> Result<Said, Error> {
        loop {
            let mut line = Vec::new();
            if self.input.read_until(b'\n', &mut line)? == 0 {
                return Err("the host is gone".into());
            }
            let Ok(message) = serde_json::from_slice::<Value>(&line) else {
                self.refuse(&Value::Null, -32700, "a line is no JSON")?;
                continue;
            };
            let id = message.get("id").cloned();
            let (id, is_request) = (id.clone().unwrap_or_default(), id.is_some());
            let has = |name| message.get(name).is_some();
            match (&message["jsonrpc"] == "2.0", message["method"].as_str()) {
                (false, _) => self.refuse(&id, -32600, "a message is no JSON-RPC 2.0")?,
                (_, None) if !has("method") && (has("result") || has("error")) => {
                    let Value::Object(answer) = message else {
                        continue;
                    };
                    return Ok(Said::Answer(answer));
                }
                (_, None) => self.refuse(&id, -32600, "a message has no method")?,
                (_, Some("$/cancel")) => return Ok(Said::Cancel),
                (_, Some(method)) if is_request => {
                    if let Some(run) = self.begun(&id, method, &message["params"])? {
                        return Ok(run);
                    }
                }
                _ => {}
            }
        }
    }

    /// Return the command that a request begins; answer any other.
    fn begun(&mut self, id: &Value, method: &str, params: &Value) -> Result<Option<Said>, Error> {
        let is_first = self.hello.is_none();
        match (method, is_first) {
            ("initialize", true) => match (params["protocol"].as_u64(), &params["cookie"]) {
                (Some(1), Value::String(cookie)) => {
                    let result = json!({"protocol": 1, "cookie": cookie, "sdk": SDK});
                    self.hello = params.as_object().cloned();
                    self.send(json!({"id": id, "result": result}))?;
                }
                _ => self.refuse(id, -32602, "initialize needs the protocol 1 and a cookie")?,
            },
            ("command/run", false) if !self.is_running => {
                if let (Some(command), Some(args)) =
                    (params["command"].as_str(), params["arguments"].as_object())
                {
                    self.is_running = true;
                    let hello = Value::from(self.hello.take().unwrap_or_default());
                    self.hello = Some(Message::new());
                    let context = Context::new(command, &hello, params);
                    return Ok(Some(Said::Run(id.clone(), context, Args(args.clone()))));
                }
                self.refuse(id, -32602, "command/run needs a command and its arguments")?;
            }
            ("initialize" | "command/run", _) => {
                self.refuse(id, -32600, &format!("{method} comes at another time"))?;
            }
            _ => self.refuse(id, -32601, &format!("there is no method '{method}'"))?,
        }
        Ok(None)
    }
}
