impl ExitCode for () {
    fn exit_code(self) -> i64 {
        0
    }
}

impl ExitCode for u8 {
    fn exit_code(self) -> i64 {
        self.into()
    }
}

impl ExitCode for i32 {
    fn exit_code(self) -> i64 {
        self.into()
    }
}

impl ExitCode for i64 {
    fn exit_code(self) -> i64 {
        self
    }
}

/// Return what a hook returned, with its exit code as a number.
///
/// # Errors
///
/// That of the hook, whatever its type was.
pub fn ended<T, E>(result: std::result::Result<T, E>) -> Result<i64>
where
    T: ExitCode,
    E: Into<Box<dyn Error>>,
{
    result.map(T::exit_code).map_err(E::into)
}

/// Return the exit code that the number of a hook stands for.
fn code_of(number: i64) -> i32 {
    match number {
        0..=255 => number as i32,
        _ => 1,
    }
}

/// Call the hook and return the exit code of its result.
fn call(hook: Hook, parser: &Parser) -> i32 {
    let speaker = parser.speaker();
    let values = parser.hook_arguments();
    let verbose = values.get("verbose").is_true();
    guard(verbose, speaker);
    let result = panic::catch_unwind(AssertUnwindSafe(|| hook(values)));
    let lost = LOST.load(Ordering::Relaxed);
    if lost != 0 {
        return output_lost(lost, speaker);
    }
    match result {
        Ok(Ok(number)) => finish(code_of(number), "", speaker),
        // The process ends here, and what a hook failed with is not dropped before.
        Ok(Err(error)) => hook_failed(Box::leak(error), verbose, speaker),
        Err(payload) => hook_panicked(Box::leak(payload), speaker),
    }
}

/// Return the text that a panic was given, if it is one.
fn text_of(payload: &(dyn Any + Send)) -> Option<&str> {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
}

/// The number of the error for which a `println!` failed, or 0.
static LOST: AtomicI32 = AtomicI32::new(0);

/// Return the number of the error for which `println!` panicked, if that is what a panic is.
fn print_error(payload: &(dyn Any + Send)) -> Option<i32> {
    let reason = text_of(payload)?.strip_prefix("failed printing to stdout: ")?;
    let (_, number) = reason.rsplit_once("(os error ")?;
    number.strip_suffix(')')?.parse().ok()
}

/// Keep the panics of a hook quiet: they are reported as its errors are, unless they abort.
///
/// A `println!` that failed ends the program, whoever catches its panic: after the clean-up of
/// the hook when it is the first panic of this thread, else at once, before it can abort.
fn guard(verbose: bool, speaker: Speaker) {
    let usual = panic::take_hook();
    let own = thread::current().id();
    let has_panicked = AtomicBool::new(false);
    panic::set_hook(Box::new(move |info| {
        let is_own = thread::current().id() == own;
        let is_caught = is_own && cfg!(panic = "unwind");
        let is_first = is_caught && !has_panicked.swap(true, Ordering::Relaxed);
        match print_error(info.payload()) {
            Some(number) if is_first => LOST.store(number, Ordering::Relaxed),
            Some(number) => process::exit(output_lost(number, speaker)),
            None if verbose || !is_caught => usual(info),
            None => {}
        }
    }));
}

/// Return an error and what caused it, step by step; a circle is left after a while.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source()).take(100)
}

/// Report the error that a hook returned.
fn hook_failed(error: &(dyn Error + 'static), verbose: bool, speaker: Speaker) -> i32 {
    for cause in chain(error) {
        match cause.downcast_ref::<io::Error>() {
            Some(error) if is_of_output(error) => return output_failed(error, speaker),
            _ => {}
        }
    }
    let failed = finish(0, "", speaker);
    if failed != 0 {
        return failed;
    }
    if verbose {
        complain(&spelled(&|| trace(error)));
    }
    let text = spelled(&|| error.to_string());
    if text.is_empty() {
        return fail(&type_name(error), speaker);
    }
    fail(&text, speaker)
}

/// Return a text, or an empty one when it cannot be made.
fn spelled(make: &dyn Fn() -> String) -> String {
    panic::catch_unwind(AssertUnwindSafe(make)).unwrap_or_default()
}

fn trace(error: &(dyn Error + 'static)) -> String {
    let mut text = format!("{error:?}\n");
    for cause in chain(error).skip(1) {
        text += &format!("caused by: {cause}\n");
    }
    text
}

/// Return the name with which the `Debug` form of an error begins.
fn type_name(error: &dyn Error) -> String {
    let debug = spelled(&|| format!("{error:?}"));
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    match debug.split(|letter| !is_part(letter)).next() {
        Some(name) if !name.is_empty() => name.to_string(),
        _ => "Error".to_string(),
    }
}

/// Report the panic of a hook.
fn hook_panicked(payload: &(dyn Any + Send), speaker: Speaker) -> i32 {
    if let Some(number) = print_error(payload) {
        return output_lost(number, speaker);
    }
    let failed = finish(0, "", speaker);
    if failed != 0 {
        return failed;
    }
    let text = text_of(payload).filter(|text| !text.is_empty());
    fail(text.unwrap_or("panic"), speaker)
}

/// Do what the command line ended with: show a page or a mistake, or run a plugin.
fn stopped(stop: &Stop, parser: &Parser) -> i32 {
    let speaker = parser.speaker();
    if let Some(called) = &stop.called {
        return become_host(called, parser);
    }
    if stop.is_page && stop.code != 0 {
        complain(&painted(&stop.text, &io::stderr(), speaker.color));
        return stop.code;
    }
    if stop.is_page {
        let text = painted(&stop.text, &io::stdout(), speaker.color);
        return finish(0, &text, speaker);
    }
    let mut lines = vec![stop.text.clone()];
    if !stop.suggestion.is_empty() {
        lines.push(message("suggestion", &[("name", &stop.suggestion)]));
    }
    lines.push(message("usage", &[("path", &parser.name)]));
    fail(&lines.join("\n"), speaker);
    stop.code
}

/// Read the command line, call the hook, and return the exit code.
fn run(program: &'static Program, words: env::ArgsOs) -> i32 {
    let mut parser = Parser::new(program);
    let hook = match parser.run(words) {
        Ok(hook) => hook,
        Err(stop) => return stopped(&stop, &parser),
    };
    for text in &parser.deprecations {
        say("\x05warning:\x07", text, parser.speaker());
    }
    call(hook, &parser)
}

/// Return the words behind the name of the program as Unicode.
///
/// # Errors
///
/// One is not valid UTF-8.
fn checked_words(words: env::ArgsOs) -> Parsed<Vec<String>> {
    let mut read = Vec::new();
    for (place, word) in words.enumerate().skip(1) {
        match well_formed(word) {
            Some(text) => read.push(text),
            None => return Err(mistake("U1", &[("n", &place.to_string())])),
        }
    }
    Ok(read)
}

/// Run a program on the arguments of the process, and end the process.
pub fn main(program: &'static Program) -> ! {
    process::exit(run(program, env::args_os()))
}
