/// A word that a plugin adds to the root: its row of the help, and the program that runs it.
///
/// An alias or a hidden command has no row.
#[derive(Clone)]
struct PluginWord {
    word: String,
    row: String,
    host: String,
}

impl PluginWord {
    /// Read a line of the table, unless it is broken or for another program.
    fn read(line: &str, program: &Program) -> Option<Self> {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, word, plugin, row, host] = cells[..] else {
            return None;
        };
        let is_meant = name == "*" || name == program.root.name;
        if !(is_meant && is_name(word) && program.admits(plugin)) {
            return None;
        }
        Some(Self {
            word: word.to_string(),
            row: row.replace('\x0b', "\n"),
            host: host.to_string(),
        })
    }
}

impl Program {
    /// Tell whether a plugin may add commands.
    fn admits(&self, plugin: &str) -> bool {
        let publisher = plugin.split_once('/').map(|(publisher, _)| publisher);
        let is_it = |entry: &&str| {
            *entry == plugin || (publisher.is_some() && entry.strip_suffix("/*") == publisher)
        };
        let admitted = self.plugins.unwrap_or_default();
        admitted.is_empty() || admitted.iter().any(is_it)
    }
}

/// Tell whether a text can be the name of a command.
fn is_name(text: &str) -> bool {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    text.starts_with(|letter: char| letter.is_ascii_alphabetic()) && text.chars().all(is_part)
}

impl Parser {
    /// Return the words that plugins add, in the order of their table.
    ///
    /// It is read when it is first needed.
    fn plugin_words(&self) -> &[PluginWord] {
        self.plugins.get_or_init(|| {
            let mut known: Vec<PluginWord> = Vec::new();
            let table = self.plugin_table().unwrap_or_default();
            for line in table.split('\n') {
                match PluginWord::read(line, self.program) {
                    Some(read) if known.iter().all(|k| k.word != read.word) => known.push(read),
                    _ => {}
                }
            }
            known
        })
    }

    /// Return the text of the table of the plugins, if there is one that only the user writes.
    fn plugin_table(&self) -> Option<String> {
        self.program.plugins?;
        let folder = plugin_folder()?;
        let path = folder.join("current/commands.tsv");
        // Who opened a pipe would wait for somebody to write to it.
        if !fs::metadata(&path).ok()?.is_file() {
            return None;
        }
        let mut file = fs::File::open(path).ok()?;
        if !(is_own(&file.metadata()) && is_own(&fs::metadata(&folder))) {
            let text = message("foreign", &[("path", &folder.to_string_lossy())]);
            say("\x05warning:\x07", &text, self.speaker());
            return None;
        }
        let mut table = String::new();
        file.read_to_string(&mut table).ok()?;
        Some(table)
    }

    /// End the command line at a word, if it is one that a plugin adds.
    fn check_plugins(&self, word: &str) -> Parsed {
        let mut words = self.plugin_words().iter();
        let Some(called) = words.find(|known| known.word == word) else {
            return Ok(());
        };
        let is_built_in = |option| self.program.builtins.iter().any(|o| ptr::eq(o, option));
        match self.given.iter().find(|(option, _)| !is_built_in(*option)) {
            Some((option, _)) => {
                let values = [("opt", &*option.dashed()), ("q", &*quoted(word))];
                Err(mistake("U14", &values))
            }
            None => Err(Stop::called(called.clone())),
        }
    }

    /// Fill in the commands of the plugins where a page has a place for them.
    fn with_plugin_commands(&self, page: &str) -> String {
        let Some((before, after)) = page.split_once('\x0e') else {
            return page.to_string();
        };
        let mut block = String::new();
        for known in self.plugin_words() {
            if !known.row.is_empty() && self.program.root.child(&known.word).is_none() {
                block += &known.row;
                block += "\n";
            }
        }
        if !block.is_empty() {
            block = format!("\x02Plugin commands\x07\n{block}\n");
        }
        format!("{before}{block}{after}")
    }
}

/// Return the folder of the user's plugins.
#[cfg(unix)]
fn plugin_folder() -> Option<PathBuf> {
    let data = PathBuf::from(environment("XDG_DATA_HOME"));
    let home = PathBuf::from(environment("HOME"));
    let data = match (data.is_absolute(), home.is_absolute()) {
        (true, _) => data,
        (false, true) => home.join(".local/share"),
        (false, false) => return None,
    };
    Some(data.join("goobits/plugins"))
}

#[cfg(not(unix))]
fn plugin_folder() -> Option<PathBuf> {
    None
}

/// Tell whether a file is the user's, and nobody else can write to it.
#[cfg(unix)]
fn is_own(found: &io::Result<fs::Metadata>) -> bool {
    // SAFETY: it takes nothing, and always succeeds.
    let user = unsafe { geteuid() };
    let is_own = |file: &fs::Metadata| file.uid() == user && file.mode() & 0o022 == 0;
    found.as_ref().is_ok_and(is_own)
}

#[cfg(not(unix))]
fn is_own(_: &io::Result<fs::Metadata>) -> bool {
    false
}

/// Become the program that runs a plugin; return the exit code when there is none.
fn become_host(called: &PluginWord, parser: &Parser) -> i32 {
    let host = Path::new(&called.host);
    if host.is_absolute() && host.exists() {
        let program = parser.program;
        let mut command = process::Command::new(host);
        command.args(["plugin", "exec", "--cli", program.root.name]);
        command.args(["--cli-version", program.version, &called.word, "--"]);
        command.args(env::args_os().skip(1));
        replace_process(&mut command);
    }
    let values = [("q", &*quoted(&called.word)), ("path", &*called.host)];
    fail(&message("F6", &values), parser.speaker());
    127
}

/// Replace this process; whoever returns from here has failed.
#[cfg(unix)]
fn replace_process(command: &mut process::Command) {
    let _ = command.exec();
}

#[cfg(not(unix))]
fn replace_process(_: &mut process::Command) {}

#[cfg(unix)]
foreign!(_, fn geteuid() -> c_uint;);
