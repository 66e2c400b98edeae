/// The largest integer that every language can hold exactly.
const MAX_INT: i64 = (1 << 53) - 1;

/// A value, or the reason why a text is none.
type Read<T> = std::result::Result<T, String>;

impl Values {
    /// Take a value out, for the one field that it belongs to.
    ///
    /// # Panics
    ///
    /// The value is of another type than the field.
    pub fn take<T: FromValue>(&mut self, key: &str) -> T {
        match T::from_value(self.remove(key)) {
            Some(value) => value,
            None => panic!("no value of this type for {}", key),
        }
    }

    fn get(&self, key: &str) -> &Value {
        let found = self.0.iter().find(|(known, _)| *known == key);
        found.map_or(&Value::Absent, |(_, value)| value)
    }

    fn set(&mut self, key: &'static str, value: Value) {
        self.remove(key);
        self.0.push((key, value));
    }

    fn remove(&mut self, key: &str) -> Value {
        let place = self.0.iter().position(|(known, _)| *known == key);
        place.map_or(Value::Absent, |place| self.0.swap_remove(place).1)
    }
}

impl Value {
    /// Return a list with one more value.
    fn and(self, scalar: Scalar) -> Self {
        let mut values = match self {
            Self::Many(values) => values,
            _ => Vec::new(),
        };
        values.push(scalar);
        Self::Many(values)
    }

    /// Tell whether a value is more than false, 0, empty or absent.
    fn is_true(&self) -> bool {
        match self {
            Self::Absent => false,
            Self::One(Scalar::Text(text)) => !text.is_empty(),
            Self::One(Scalar::Int(number)) => *number != 0,
            Self::One(Scalar::Float(number)) => *number != 0.0,
            Self::One(Scalar::Bool(truth)) => *truth,
            Self::Many(values) => !values.is_empty(),
        }
    }
}

impl FromValue for String {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::One(Scalar::Text(text)) => Some(text),
            _ => None,
        }
    }
}

impl FromValue for i64 {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::One(Scalar::Int(number)) => Some(number),
            _ => None,
        }
    }
}

impl FromValue for f64 {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::One(Scalar::Float(number)) => Some(number),
            _ => None,
        }
    }
}

impl FromValue for bool {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::One(Scalar::Bool(truth)) => Some(truth),
            _ => None,
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Absent => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}

impl<T: FromValue> FromValue for Vec<T> {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Many(values) => {
                let values = values.into_iter().map(Value::One);
                values.map(T::from_value).collect()
            }
            _ => None,
        }
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_integer(text: &str) -> bool {
    digits(text.strip_prefix(['+', '-']).unwrap_or(text))
}

fn is_number(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let mantissa = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
    let is_mantissa = match mantissa.split_once('.') {
        Some(("", part)) => digits(part),
        Some((whole, "")) => digits(whole),
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(mantissa),
    };
    is_mantissa && is_integer(exponent)
}

fn is_option(word: &str) -> bool {
    word.len() > 1 && word.starts_with('-') && !is_number(word)
}

/// Read an integer that every language can hold exactly.
fn to_int(text: &str) -> Read<i64> {
    if !is_integer(text) {
        return Err(message("not-int", &[]));
    }
    match text.parse() {
        Ok(number) if (-MAX_INT..=MAX_INT).contains(&number) => Ok(number),
        _ => Err(message("out-of-range", &[])),
    }
}

/// Read a finite binary64.
fn to_float(text: &str) -> Read<f64> {
    if !is_number(text) {
        return Err(message("not-float", &[]));
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(message("out-of-range", &[])),
    }
}

/// Read a truth value.
fn to_bool(text: &str) -> Read<bool> {
    let is_one_of = |words: [&str; 3]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is_one_of(["true", "yes", "1"]) {
        Ok(true)
    } else if is_one_of(["false", "no", "0"]) {
        Ok(false)
    } else {
        Err(message("not-bool", &[]))
    }
}

/// Read a value of a type; see `to_int`, `to_float` and `to_bool`.
fn convert(text: &str, ty: Type) -> Read<Scalar> {
    match ty {
        Type::Int => to_int(text).map(Scalar::Int),
        Type::Float => to_float(text).map(Scalar::Float),
        Type::Bool => to_bool(text).map(Scalar::Bool),
        Type::Str | Type::Path => Ok(Scalar::Text(text.to_string())),
    }
}

/// Read a value that was given for an option or an argument.
fn checked(text: &str, ty: Type, choices: &[&str], path_exists: bool) -> Read<Scalar> {
    let value = convert(text, ty)?;
    let is_known = |choice: &&str| convert(choice, ty).is_ok_and(|known| known == value);
    if !choices.is_empty() && !choices.iter().any(is_known) {
        let known = format!("{{{}}}", choices.join(", "));
        return Err(message("not-choice", &[("choices", &known)]));
    }
    if path_exists && !Path::new(text).exists() {
        return Err(message("not-path", &[]));
    }
    Ok(value)
}

fn invalid(text: &str, place: &str, reason: &str) -> Stop {
    let q = quoted(text);
    let values = [("q", &*q), ("place", place), ("reason", reason)];
    mistake("U6", &values)
}

/// Return a text of the system as Unicode, or None when it is not valid UTF-8.
fn well_formed(text: OsString) -> Option<String> {
    let text = text.into_string().ok()?;
    (!text.contains('\u{fffd}')).then_some(text)
}

/// Return an environment variable; one that is not set is empty.
fn environment(name: &str) -> OsString {
    env::var_os(name).unwrap_or_default()
}
