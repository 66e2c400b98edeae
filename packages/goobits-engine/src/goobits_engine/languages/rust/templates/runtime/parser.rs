/// What reading the command line comes to, where it does not end it.
type Parsed<T = ()> = std::result::Result<T, Stop>;

/// One pass over the command line, from left to right.
struct Parser {
    program: &'static Program,
    words: std::vec::IntoIter<String>,
    command: &'static Command,
    path: Vec<&'static Command>,
    name: String,
    in_force: Vec<&'static Opt>,
    given: Vec<(&'static Opt, Value)>,
    positionals: i64,
    arguments: Values,
    deprecations: Vec<String>,
    plugins: OnceCell<Vec<PluginWord>>,
    color: Color,
    descending: bool,
    helping: bool,
    literal: bool,
}

impl Parser {
    fn new(program: &'static Program) -> Self {
        Self {
            program,
            words: Vec::new().into_iter(),
            command: program.root,
            path: vec![program.root],
            name: program.root.name.to_string(),
            in_force: Vec::new(),
            given: Vec::new(),
            positionals: 0,
            arguments: Values::default(),
            deprecations: Vec::new(),
            plugins: OnceCell::new(),
            color: Color::Auto,
            descending: true,
            helping: false,
            literal: false,
        }
    }

    /// Read every word, then the environment, then check what is still missing.
    ///
    /// # Errors
    ///
    /// The first mistake, or the page that was asked for.
    fn run(&mut self, words: env::ArgsOs) -> Parsed<Hook> {
        self.words = checked_words(words)?.into_iter();
        while let Some(word) = self.words.next() {
            self.read(&word)?;
        }
        if self.helping {
            return Err(self.page(0));
        }
        if let Some(default) = self.default() {
            self.enter_default(default);
        }
        let hook = self.command.hook.ok_or_else(|| self.page(2))?;
        self.settle();
        self.read_environment()?;
        self.check_arguments()?;
        self.check_options()?;
        Ok(hook)
    }

    fn read(&mut self, word: &str) -> Parsed {
        if self.literal {
            self.positional(word)
        } else if word == "--" {
            self.literal = true;
            self.descending = false;
            Ok(())
        } else if word.starts_with("--") {
            self.long(word)
        } else if is_option(word) {
            self.cluster(word)
        } else {
            self.word(word)
        }
    }

    // Pages

    fn page(&self, code: i32) -> Stop {
        Stop::page(self.with_plugin_commands(self.command.page), code)
    }

    fn all_pages(command: &Command) -> Vec<&'static str> {
        let mut pages = vec![command.page];
        for child in command.commands.iter().filter(|child| !child.hidden) {
            pages.extend(Self::all_pages(child));
        }
        pages
    }

    /// Cut the object of this command out of the document of the root.
    fn json_page(&self) -> String {
        let lines: Vec<&str> = self.program.help_json.lines().collect();
        let name = format!("\"path\": \"{}\"", self.name);
        let is_name = |line: &&str| line.trim().trim_end_matches(',') == name;
        let start = lines.iter().position(is_name).map_or(0, |place| place - 2);
        let margin = lines[start].len() - 1;
        let mut cut = String::new();
        for line in &lines[start..] {
            cut += &line[margin..];
            if line[margin..].starts_with('}') {
                break;
            }
            cut += "\n";
        }
        cut.trim_end_matches(',').to_string() + "\n"
    }

    // Descent

    fn enter(&mut self, command: &'static Command) {
        self.command = command;
        self.path.push(command);
        self.name += " ";
        self.name += command.name;
        if !command.deprecated.is_empty() {
            let values = [("path", self.words_only()), ("text", command.deprecated)];
            self.deprecate(message("old-command", &values));
        }
    }

    /// Return the path of the command without the program.
    fn words_only(&self) -> &str {
        self.name.split_once(' ').map_or("", |(_, words)| words)
    }

    /// Return the default command that may still be entered here.
    fn default(&self) -> Option<&'static Command> {
        let may_enter = self.descending && !self.helping;
        if may_enter && !self.command.default.is_empty() {
            return self.command.child(self.command.default);
        }
        None
    }

    fn enter_default(&mut self, command: &'static Command) {
        self.enter(command);
        self.descending = false;
    }

    fn word(&mut self, word: &str) -> Parsed {
        if !self.descending {
            return self.positional(word);
        }
        if let Some(child) = self.command.child(word) {
            self.enter(child);
            return Ok(());
        }
        if word == "help" && self.path.len() == 1 {
            self.helping = true;
            return Ok(());
        }
        if self.path.len() == 1 {
            self.check_plugins(word)?;
        }
        if let Some(default) = self.default() {
            self.enter_default(default);
        } else if self.helping || self.command.hook.is_none() {
            return Err(self.unknown_command(word));
        }
        self.positional(word)
    }

    fn unknown_command(&self, word: &str) -> Stop {
        let mut candidates = Vec::new();
        for command in self.command.commands.iter().filter(|c| c.is_current()) {
            candidates.push(command.name.to_string());
            candidates.extend(command.aliases.iter().map(ToString::to_string));
        }
        if self.path.len() == 1 {
            let shown = self.plugin_words().iter().filter(|p| !p.row.is_empty());
            candidates.extend(shown.map(|known| known.word.clone()));
            candidates.push("help".to_string());
        }
        let meant = nearest(word, candidates);
        Stop::mistake(message("U2", &[("q", &quoted(word))]), meant)
    }

    fn positional(&mut self, word: &str) -> Parsed {
        self.descending = false;
        let mut place = self.positionals;
        let known: &[Argument] = if self.helping {
            &[]
        } else {
            self.command.arguments
        };
        for argument in known {
            if argument.maximum < 0 || place < argument.maximum {
                return self.collect(argument, word);
            }
            place -= argument.maximum;
        }
        Err(mistake("U7", &[("q", &quoted(word))]))
    }

    fn collect(&mut self, argument: &'static Argument, word: &str) -> Parsed {
        let value = argument.checked(word).map_err(|reason| {
            let place = message("in-argument", &[("A", &argument.name.to_ascii_uppercase())]);
            invalid(word, &place, &reason)
        })?;
        self.positionals += 1;
        let value = if argument.many {
            self.arguments.remove(argument.key).and(value)
        } else {
            Value::One(value)
        };
        self.arguments.set(argument.key, value);
        Ok(())
    }

    // Options

    /// Return the options of every scope, the nearest first.
    fn scopes(&self) -> Vec<&'static [Opt]> {
        let commands = self.path.iter().rev().map(|command| command.options);
        commands.chain([self.program.builtins]).collect()
    }

    /// Return the nearest option that answers; enter a default command for its own.
    fn find(&mut self, word: &str) -> Option<&'static Opt> {
        let answers = |option: &&Opt| option.answers(word);
        let found = self.scopes().into_iter().flatten().find(answers);
        if found.is_some() {
            return found;
        }
        let default = self.default()?;
        let found = default.options.iter().find(answers)?;
        self.enter_default(default);
        Some(found)
    }

    fn long(&mut self, word: &str) -> Parsed {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (word, None),
        };
        let Some(option) = self.find(name) else {
            return Err(self.unknown_option(name));
        };
        if option.kind == Kind::Value {
            return match value {
                Some(value) => self.store(option, value),
                None => self.store_following(option),
            };
        }
        if option.dashed() == name {
            return self.switch(option, value);
        }
        if value.is_some() {
            return Err(mistake("U5", &[("opt", name)]));
        }
        self.put(option, Value::One(Scalar::Bool(false)));
        Ok(())
    }

    fn unknown_option(&self, name: &str) -> Stop {
        let mut scopes = self.scopes();
        scopes.extend(self.default().map(|default| default.options));
        let mut candidates = Vec::new();
        for option in scopes.into_iter().flatten().filter(|o| o.is_current()) {
            candidates.push(option.long.to_string());
            if option.negatable {
                candidates.push(format!("no-{}", option.long));
            }
        }
        let mut meant = nearest(&name[2..], candidates);
        if !meant.is_empty() {
            meant.insert_str(0, "--");
        }
        Stop::mistake(message("U3", &[("q", &quoted(name))]), meant)
    }

    fn cluster(&mut self, word: &str) -> Parsed {
        let mut letters = word[1..].chars();
        while let Some(letter) = letters.next() {
            let name = format!("-{letter}");
            let Some(option) = self.find(&name) else {
                return Err(mistake("U3", &[("q", &quoted(&name))]));
            };
            let rest = letters.as_str();
            let assigned = rest.strip_prefix('=');
            if option.kind == Kind::Value {
                return match rest {
                    "" => self.store_following(option),
                    _ => self.store(option, assigned.unwrap_or(rest)),
                };
            }
            self.switch(option, assigned)?;
            if assigned.is_some() {
                break;
            }
        }
        Ok(())
    }

    /// Store the next word, unless it would be an option.
    fn store_following(&mut self, option: &'static Opt) -> Parsed {
        match self.words.next() {
            Some(word) if word != "--" && !is_option(&word) => self.store(option, &word),
            _ => Err(mistake("U4", &[("opt", &option.dashed())])),
        }
    }

    /// Act on an option that takes no value, with what stood behind its `=`.
    fn switch(&mut self, option: &'static Opt, value: Option<&str>) -> Parsed {
        let value = match (option.kind, value) {
            (Kind::Flag, None | Some("true")) => Scalar::Bool(true),
            (Kind::Flag, Some("false")) => Scalar::Bool(false),
            (_, Some(_)) => return Err(mistake("U5", &[("opt", &option.dashed())])),
            (Kind::Count, None) => match self.value_of(option) {
                Some(Value::One(Scalar::Int(before))) => Scalar::Int(before + 1),
                _ => Scalar::Int(1),
            },
            (kind, None) => return Err(self.asked_page(kind)),
        };
        self.put(option, Value::One(value));
        Ok(())
    }

    /// Return the page that an option stands for.
    fn asked_page(&self, kind: Kind) -> Stop {
        let text = match kind {
            Kind::Version => format!("{} {}\n", self.program.root.name, self.program.version),
            Kind::HelpJson => self.json_page(),
            Kind::HelpAll => {
                let between = format!("\n{}\n\n", "=".repeat(80));
                self.with_plugin_commands(&Self::all_pages(self.command).join(&between))
            }
            _ => return self.page(0),
        };
        Stop::page(text, 0)
    }

    fn store(&mut self, option: &'static Opt, text: &str) -> Parsed {
        let value = option.checked(text).map_err(|reason| {
            let place = message("in-option", &[("opt", &option.dashed())]);
            invalid(text, &place, &reason)
        })?;
        if option.builtin {
            self.color = Color::named(text);
        } else if option.multiple {
            let values = self.take_value_of(option).and(value);
            self.put(option, values);
        } else {
            self.put(option, Value::One(value));
        }
        Ok(())
    }

    fn put(&mut self, option: &'static Opt, value: Value) {
        let is_same = |known: &(&Opt, Value)| known.0.key == option.key;
        match self.given.iter().position(is_same) {
            Some(place) => self.given[place] = (option, value),
            None => self.given.push((option, value)),
        }
        if !option.deprecated.is_empty() {
            let values = [("opt", &*option.dashed()), ("text", option.deprecated)];
            self.deprecate(message("old-option", &values));
        }
    }

    fn deprecate(&mut self, text: String) {
        if !self.deprecations.contains(&text) {
            self.deprecations.push(text);
        }
    }

    /// Tell where an option was given, here or as an outer one of its shape.
    fn place_of(&self, option: &Opt) -> Option<usize> {
        let is_same = |known: &Opt| known.key == option.key && known.same_shape(option);
        self.given.iter().position(|(known, _)| is_same(known))
    }

    /// Return what was given for an option.
    fn value_of(&self, option: &Opt) -> Option<&Value> {
        self.place_of(option).map(|place| &self.given[place].1)
    }

    /// Take out what was given for an option.
    fn take_value_of(&mut self, option: &Opt) -> Value {
        let place = self.place_of(option);
        place.map_or(Value::Absent, |place| {
            mem::replace(&mut self.given[place].1, Value::Absent)
        })
    }

    // After the last word

    /// Find the options in force, globals before locals, the nearest of each key.
    fn settle(&mut self) {
        let scopes = self.scopes().into_iter().rev();
        for option in scopes.flatten().filter(|option| !option.builtin) {
            let is_outer = |known: &&Opt| known.key == option.key;
            match self.in_force.iter().position(is_outer) {
                Some(place) => self.in_force[place] = option,
                None => self.in_force.push(option),
            }
        }
    }

    fn read_environment(&mut self) -> Parsed {
        for option in self.in_force.clone() {
            if option.env.is_empty() || self.value_of(option).is_some() {
                continue;
            }
            let raw = environment(option.env);
            if !raw.is_empty() {
                self.read_variable(option, raw)?;
            }
        }
        Ok(())
    }

    fn read_variable(&mut self, option: &'static Opt, raw: OsString) -> Parsed {
        let name = [("V", option.env)];
        let text = well_formed(raw).ok_or_else(|| mistake("U13", &name))?;
        let value = option.checked(&text).map_err(|reason| {
            let place = message("in-environment", &name);
            invalid(&text, &place, &reason)
        })?;
        let value = if option.multiple {
            Value::Many(vec![value])
        } else {
            Value::One(value)
        };
        self.put(option, value);
        Ok(())
    }

    fn check_arguments(&self) -> Parsed {
        let mut left = self.positionals;
        for argument in self.command.arguments {
            let maximum = argument.maximum;
            let taken = if maximum < 0 { left } else { left.min(maximum) };
            left -= taken;
            let name = argument.name.to_ascii_uppercase();
            if taken == 0 && argument.required {
                return Err(mistake("U8", &[("A", &name)]));
            }
            if 0 < taken && taken < maximum {
                let (n, m) = (maximum.to_string(), taken.to_string());
                return Err(mistake("U9", &[("A", &name), ("n", &n), ("m", &m)]));
            }
        }
        Ok(())
    }

    fn check_options(&self) -> Parsed {
        let mut active = Vec::new();
        for &option in &self.in_force {
            match self.value_of(option) {
                Some(Value::One(Scalar::Bool(false))) => {}
                Some(_) => active.push(option),
                None if option.required => {
                    return Err(mistake("U10", &[("opt", &option.dashed())]));
                }
                None => {}
            }
        }
        let is_active = |key: &str| active.iter().any(|option| option.key == key);
        for option in &active {
            if let Some(key) = option.conflicts.iter().find(|key| is_active(key)) {
                return Err(self.clash("U11", option, key));
            }
            if let Some(key) = option.requires.iter().find(|key| !is_active(key)) {
                return Err(self.clash("U12", option, key));
            }
        }
        Ok(())
    }

    fn clash(&self, code: &str, option: &Opt, key: &str) -> Stop {
        let other = self.in_force.iter().find(|other| other.key == key);
        let other = other.map_or_else(String::new, |other| other.dashed());
        mistake(code, &[("opt", &option.dashed()), ("other", &other)])
    }

    /// Return what the hook is called with.
    fn hook_arguments(&self) -> Values {
        let mut values = Values::default();
        for option in &self.in_force {
            let value = self.value_of(option).cloned();
            values.set(option.key, value.unwrap_or_else(|| option.absent()));
        }
        for argument in self.command.arguments {
            let value = match self.arguments.get(argument.key) {
                Value::Absent => argument.absent(),
                given => given.clone(),
            };
            values.set(argument.key, value);
        }
        let words = Scalar::Text(self.words_only().to_string());
        values.set("command_name", Value::One(words));
        values
    }

    /// Return who speaks in the messages.
    fn speaker(&self) -> Speaker {
        Speaker {
            name: self.program.root.name,
            color: self.color,
        }
    }
}
