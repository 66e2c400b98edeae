//! The plugin in Rust that the vectors are run against.

use std::thread::sleep;
use std::time::{Duration, Instant};

use goobits_plugin::serde_json::{json, Value};
use goobits_plugin::{Args, Error, Host, HostError, Plugin};

fn echo(args: &Args, _: &Host) -> Result<Value, Error> {
    Ok(json!({"value": args.get("value")}))
}

fn context(_: &Args, host: &Host) -> Result<Value, Error> {
    let told = host.context();
    Ok(json!({
        "plugin": told.plugin,
        "granted": told.granted,
        "command": told.command,
        "cwd": told.cwd,
        "tty": told.tty[1],
        "colour": told.colour,
        "verbosity": told.verbosity,
    }))
}

fn count(args: &Args, host: &Host) -> Result<(), Error> {
    let total = args.integer("total")?.try_into()?;
    host.progress("Counting", Some(total))?.update(total)
}

fn say(args: &Args, host: &Host) -> Result<(), Error> {
    let message = args.text("message")?;
    match args.text("level")? {
        "debug" => host.debug(message),
        "info" => host.info(message),
        "warning" => host.warning(message),
        _ => host.error(message),
    }
}

fn attempt(_: &Args, host: &Host) -> Result<Value, Error> {
    match host.prompt("Who", None) {
        Ok(value) => Ok(json!({ "value": value })),
        Err(error) => match error.downcast::<HostError>() {
            Ok(error) => Ok(json!({"code": error.code, "message": error.message})),
            Err(error) => Err(error),
        },
    }
}

fn shout(args: &Args, host: &Host) -> Result<Value, Error> {
    let text = "x".repeat(args.integer("size")?.try_into()?);
    Ok(match host.info(&text) {
        Err(error) => json!({"message": error.to_string()}),
        Ok(()) => Value::Null,
    })
}

fn wait(_: &Args, host: &Host) -> Result<i32, Error> {
    let begun = Instant::now();
    host.cancelled();
    host.info("waiting")?;
    while !host.cancelled() && begun.elapsed() < Duration::from_secs(60) {
        sleep(Duration::from_millis(10));
    }
    Ok(130)
}

fn main() {
    let key = |name: &'static str| {
        move |args: &Args, _: &Host| -> Result<Value, Error> {
            Ok(json!({"value": args.get(name)}))
        }
    };
    Plugin::new()
        .command("echo", echo)
        .command("later", echo)
        .command("reserved", key("class"))
        .command("long-name", key("long_name"))
        .command("git-branch create", key("name"))
        .command("nothing", |_, _| Ok(()))
        .command("exit", |args, _| Ok(i32::try_from(args.integer("code")?)?))
        .command("fail", |args, _| -> Result<(), Error> {
            Err(args.text("message")?.into())
        })
        .command("print", |args, _| {
            println!("{}", args.text("text")?);
            Ok(())
        })
        .command("context", context)
        .command("count", count)
        .command("say", say)
        .command("frame", |args, host| host.frame(&args.texts("lines")?))
        .command("prompt", |args, host| {
            let value = host.prompt(args.text("message")?, args.get("default").as_str())?;
            Ok(json!({ "value": value }))
        })
        .command("confirm", |args, host| {
            let value = host.confirm(args.text("message")?, args.flag("default"))?;
            Ok(json!({ "value": value }))
        })
        .command("secret", |args, host| {
            Ok(json!({"value": host.secret(args.text("message")?)?}))
        })
        .command("twice", |_, host| {
            Ok(json!({"value": [host.prompt("First", None)?, host.prompt("Second", None)?]}))
        })
        .command("attempt", attempt)
        .command("processes", |_, host| {
            Ok(json!({"value": host.processes()?}))
        })
        .command("metrics", |_, host| Ok(json!({"value": host.metrics()?})))
        .command("shout", shout)
        .command("flood", |args, _| {
            Ok(json!({"value": "x".repeat(args.integer("size")?.try_into()?)}))
        })
        .command("wait", wait)
        .run()
}
