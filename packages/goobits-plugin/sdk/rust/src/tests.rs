//! What the vectors do not show: see protocol/vectors.json for what is said on the wire.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::thread;

use serde_json::{json, Value};

use crate::wire::Wire;
use crate::{Args, Context, Error, Host, HostError, Outcome, Plugin};

/// Serve a command against a host that gives these answers in turn; return what was said, and
/// the exit code.
fn play(plugin: &Plugin, command: &str, answers: &[Value]) -> (Vec<Value>, u8) {
    let (ours, theirs) = UnixStream::pair().unwrap();
    let mut host = theirs.try_clone().unwrap();
    let hello = json!({"protocol": 1, "cookie": "c", "plugin": "a/b", "granted": {}});
    let run = json!({"command": command, "arguments": {}});
    for (id, method, params) in [(1, "initialize", hello), (2, "command/run", run)] {
        let message = json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
        writeln!(host, "{message}").unwrap();
    }
    for (id, answer) in answers.iter().enumerate() {
        let mut message = answer.clone();
        message["jsonrpc"] = "2.0".into();
        message["id"] = (id + 1).into();
        writeln!(host, "{message}").unwrap();
    }
    let read = thread::spawn(move || {
        let lines = BufReader::new(theirs).lines().map(Result::unwrap);
        lines.map(|line| serde_json::from_str(&line).unwrap()).collect()
    });
    let code = plugin.serve(Wire::new(ours)).unwrap();
    host.shutdown(std::net::Shutdown::Write).unwrap();
    (read.join().unwrap(), code)
}

fn answered<R: Into<Outcome>>(
    answers: &[Value],
    hook: impl Fn(&Args, &Host) -> Result<R, Error> + 'static,
) -> (Value, u8) {
    let plugin = Plugin::new().command("hello", hook);
    let (mut said, code) = play(&plugin, "hello", answers);
    (said.pop().unwrap(), code)
}

fn failing(code: i32) -> Value {
    json!({"error": {"code": code, "message": "no"}})
}

#[test]
fn a_panic_is_the_error_of_its_command_and_says_where() {
    let (answer, code) = answered(&[], |_, _| -> Result<(), Error> { panic!("by design") });
    assert_eq!((answer["error"]["message"].as_str(), code), (Some("by design"), 1));
    assert!(answer["error"]["data"]["trace"].as_str().unwrap().contains("tests.rs"));
}

#[test]
fn an_error_without_a_message_is_not_silent() {
    let (answer, _) = answered(&[], |_, _| -> Result<(), Error> { Err("".into()) });
    assert!(!answer["error"]["message"].as_str().unwrap().is_empty());
}

#[test]
fn a_trace_holds_what_brought_an_error_about() {
    let (answer, _) = answered(&[], |_, _| -> Result<(), Error> {
        let cause = std::io::Error::other(inner());
        Err(cause.into())
    });
    let trace = answer["error"]["data"]["trace"].as_str().unwrap().to_owned();
    assert!(trace.contains("deep down"), "{trace}");
}

fn inner() -> HostError {
    HostError { code: -1, message: "deep down".into() }
}

#[test]
fn what_is_returned_is_a_code_or_data() {
    assert_eq!(answered(&[], |_, _| Ok(7)).1, 7);
    assert_eq!(answered(&[], |_, _| Ok(300)).1, 1);
    let (answer, code) = answered(&[], |_, _| Ok(json!([1, "two"])));
    assert_eq!((&answer["result"]["data"], code), (&json!([1, "two"]), 0));
}

#[test]
fn what_the_host_refuses_is_told_apart() {
    let (answer, _) = answered(&[failing(-32001), failing(-32003)], |_, host| {
        let asked = host.prompt("Who", None).unwrap_err().downcast::<HostError>().unwrap();
        let denied = host.metrics().unwrap_err().downcast::<HostError>().unwrap();
        Ok(json!([asked.is_nobody_to_ask(), denied.is_not_granted(), denied.is_interrupt()]))
    });
    assert_eq!(answer["result"]["data"], json!([true, true, false]));
}

#[test]
fn an_interrupt_that_is_let_through_ends_with_130() {
    assert_eq!(
        answered(&[failing(-32002)], |_, host| host.secret("Token").map(Value::from)).1,
        130
    );
}

#[test]
fn a_host_that_is_gone_fails_the_hook() {
    let (ours, theirs) = UnixStream::pair().unwrap();
    drop(theirs);
    let host = Host::new(Wire::new(ours), Context::new("hello", &Value::Null, &Value::Null));
    assert!(host.confirm("Sure", true).is_err());
}

#[test]
fn steps_that_follow_fast_are_not_all_sent_but_the_end_is() {
    let plugin = Plugin::new().command("hello", |_, host| {
        let mut bar = host.progress("Bar", Some(10_000))?;
        (0..10_000).try_for_each(|_| bar.advance(1))
    });
    let (said, _) = play(&plugin, "hello", &[]);
    let done: Vec<_> = said.iter().filter_map(|line| line["params"].get("done")).collect();
    assert!(done.len() < 1000, "{} steps", done.len());
    assert_eq!(done[done.len() - 2..], [&json!(10_000), &Value::Null]);
}

#[test]
fn threads_may_speak_while_a_hook_runs() {
    let plugin = Plugin::new().command("hello", |_, host| {
        thread::scope(|threads| {
            for _ in 0..8 {
                threads.spawn(|| (0..100).for_each(|_| host.info("line").unwrap()));
            }
        });
        Ok(())
    });
    assert_eq!(play(&plugin, "hello", &[]).0.len(), 2 + 800);
}

#[test]
fn arguments_have_their_types() {
    let values = json!({"t": "x", "i": -3, "n": 1.5, "f": true, "l": ["a", "b"], "none": null});
    let args = Args(values.as_object().unwrap().clone());
    assert_eq!((args.text("t").unwrap(), args.integer("i").unwrap()), ("x", -3));
    assert_eq!((args.number("n").unwrap(), args.number("i").unwrap()), (1.5, -3.0));
    assert_eq!(args.texts("l").unwrap(), ["a", "b"]);
    assert!(args.flag("f") && !args.flag("none") && !args.flag("missing"));
    assert!(args.get("none").is_null() && args.get("missing").is_null());
    let said = args.text("none").unwrap_err().to_string();
    assert_eq!(said, "the value of 'none' is no text: null");
    assert_eq!(args.iter().count(), 6);
}

#[test]
fn a_command_is_found_by_all_its_words() {
    let plugin = Plugin::new().command("git-branch create", |_, _| Ok(()));
    assert_eq!(play(&plugin, "git-branch create", &[]).1, 0);
    let (said, code) = play(&plugin, "git-branch", &[]);
    assert_eq!((said[1]["error"]["code"].as_i64(), code), (Some(-32601), 1));
}
