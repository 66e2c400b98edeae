/// When to use colour.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Return what a word after `--color` means.
    fn named(word: &str) -> Self {
        match word {
            "always" => Self::Always,
            "never" => Self::Never,
            _ => Self::Auto,
        }
    }

    /// Tell whether a stream gets colours.
    fn paints(self, stream: &dyn IsTerminal) -> bool {
        if self != Self::Auto {
            return self == Self::Always;
        }
        if !environment("NO_COLOR").is_empty() {
            return false;
        }
        let force = environment("CLICOLOR_FORCE");
        if !force.is_empty() && force != "0" {
            return true;
        }
        environment("TERM") != "dumb" && stream.is_terminal()
    }
}

/// Who speaks in a message, and in which colours.
#[derive(Clone, Copy)]
struct Speaker {
    name: &'static str,
    color: Color,
}

/// Return the escape sequence that a marker stands for.
fn escape(letter: char) -> Option<&'static str> {
    match letter {
        '\x01' => Some("\x1b[1m"),
        '\x02' => Some("\x1b[1;4m"),
        '\x03' => Some("\x1b[36m"),
        '\x04' => Some("\x1b[32m"),
        '\x05' => Some("\x1b[33m"),
        '\x06' => Some("\x1b[2m"),
        '\x07' => Some("\x1b[0m"),
        _ => None,
    }
}

/// Replace the markers of a text by escape sequences, or by nothing.
fn painted(text: &str, stream: &dyn IsTerminal, color: Color) -> String {
    let paints = color.paints(stream);
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match escape(letter) {
            Some(sequence) if paints => shown += sequence,
            Some(_) => {}
            None => shown.push(letter),
        }
    }
    shown
}

/// Write to stderr; that it cannot be written changes nothing.
fn complain(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Say something after a word that is painted, like `error:`.
fn say(prefix: &str, text: &str, speaker: Speaker) {
    let prefix = painted(prefix, &io::stderr(), speaker.color);
    complain(&format!("{}: {prefix} {text}\n", speaker.name));
}

fn fail(text: &str, speaker: Speaker) -> i32 {
    say("\x01error:\x07", text, speaker);
    1
}

/// Return the exit code after stdout could not be written.
fn output_failed(error: &io::Error, speaker: Speaker) -> i32 {
    match error.kind() {
        io::ErrorKind::BrokenPipe => 141,
        _ => fail(&message("F3", &[]), speaker),
    }
}

/// Return the exit code after an error of stdout of which the system's number is left.
fn output_lost(number: i32, speaker: Speaker) -> i32 {
    output_failed(&io::Error::from_raw_os_error(number), speaker)
}

/// Write the last of stdout and return the exit code, another one if it failed.
fn finish(code: i32, text: &str, speaker: Speaker) -> i32 {
    let mut output = io::stdout().lock();
    let written = output.write_all(text.as_bytes());
    match written.and_then(|()| output.flush()) {
        Ok(()) => code,
        Err(error) => output_failed(&error, speaker),
    }
}

/// Tell whether the error of a hook is one of stdout, and not of another descriptor.
#[cfg(unix)]
fn is_of_output(error: &io::Error) -> bool {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return reader_is_gone();
    }
    let Ok(output) = io::stdout().as_fd().try_clone_to_owned() else {
        return false;
    };
    let failure = fs::File::from(output).write(b"").err();
    failure.is_some_and(|failure| failure.raw_os_error() == error.raw_os_error())
}

#[cfg(not(unix))]
fn is_of_output(_: &io::Error) -> bool {
    false
}

/// Tell whether nobody reads stdout any more.
#[cfg(unix)]
fn reader_is_gone() -> bool {
    let mut output = PollFd {
        fd: 1,
        events: 0,
        revents: 0,
    };
    // SAFETY: `output` is one `struct pollfd`, as POSIX lays it out, and lives through the
    // call, which writes to nothing else and does not wait.
    let ready = unsafe { poll(&mut output, 1, 0) };
    ready > 0 && output.revents & (POLLERR | POLLHUP) != 0
}

/// What a pipe without a reader tells.
#[cfg(unix)]
const POLLERR: c_short = 0x08;

/// What a socket without a reader tells.
#[cfg(unix)]
const POLLHUP: c_short = 0x10;

/// The `struct pollfd` of POSIX.
#[cfg(unix)]
#[repr(C)]
struct PollFd {
    fd: c_int,
    events: c_short,
    revents: c_short,
}

/// Declare functions of C in any edition: from 2024 on, when `_` is an expression to a macro,
/// a block of them has to say that it is unsafe.
#[cfg(unix)]
macro_rules! foreign {
    ($from_2024:expr, $($items:tt)*) => { unsafe extern "C" { $($items)* } };
    (_, $($items:tt)*) => { extern "C" { $($items)* } };
}

#[cfg(unix)]
foreign!(
    _,
    fn poll(fds: *mut PollFd, count: c_ulong, timeout: c_int) -> c_int;
);
