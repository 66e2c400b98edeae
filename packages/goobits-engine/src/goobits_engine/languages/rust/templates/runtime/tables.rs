impl Command {
    /// Return the command that a word names inside a group.
    fn child(&self, word: &str) -> Option<&'static Command> {
        let is_named = |child: &&&Command| child.name == word || child.aliases.contains(&word);
        self.commands.iter().find(is_named).copied()
    }

    /// Tell whether a command may be suggested.
    fn is_current(&self) -> bool {
        !self.hidden && self.deprecated.is_empty()
    }
}

impl Opt {
    fn dashed(&self) -> String {
        format!("--{}", self.long)
    }

    /// Tell whether `--name`, `--no-name` or `-n` means an option.
    fn answers(&self, word: &str) -> bool {
        let Some(name) = word.strip_prefix("--") else {
            return word.strip_prefix('-') == Some(self.short);
        };
        name == self.long || (self.negatable && name.strip_prefix("no-") == Some(self.long))
    }

    /// Tell whether a value of one option can stand for a value of the other.
    fn same_shape(&self, other: &Opt) -> bool {
        self.kind == other.kind && self.ty == other.ty && self.multiple == other.multiple
    }

    /// Tell whether an option may be suggested.
    fn is_current(&self) -> bool {
        !self.hidden && self.deprecated.is_empty()
    }

    fn checked(&self, text: &str) -> Read<Scalar> {
        checked(text, self.ty, self.choices, self.path_exists)
    }

    /// Return what a hook gets for an option that was not given.
    fn absent(&self) -> Value {
        match self.kind {
            Kind::Flag => Value::One(Scalar::Bool(!self.default.is_empty())),
            Kind::Count => Value::One(Scalar::Int(0)),
            _ => absent(self.default, self.ty, self.multiple),
        }
    }
}

impl Argument {
    fn checked(&self, text: &str) -> Read<Scalar> {
        checked(text, self.ty, self.choices, self.path_exists)
    }

    /// Return what a hook gets for an argument that was not given.
    fn absent(&self) -> Value {
        absent(self.default, self.ty, self.many)
    }
}

/// Return a default; that it is a value of its type was checked when the program was built.
fn absent(default: &[&str], ty: Type, many: bool) -> Value {
    let mut values = default.iter().filter_map(|text| convert(text, ty).ok());
    if many {
        return Value::Many(values.collect());
    }
    values.next().map_or(Value::Absent, Value::One)
}
