/// The command line ends here: with a page (exit 0, or 2 on stderr), a mistake (2), or at a
/// word that a plugin adds.
struct Stop {
    text: String,
    is_page: bool,
    code: i32,
    suggestion: String,
    called: Option<Box<PluginWord>>,
}

impl Stop {
    fn page(text: String, code: i32) -> Self {
        Self {
            text,
            is_page: true,
            code,
            suggestion: String::new(),
            called: None,
        }
    }

    fn mistake(text: String, suggestion: String) -> Self {
        Self {
            text,
            is_page: false,
            code: 2,
            suggestion,
            called: None,
        }
    }

    fn called(word: PluginWord) -> Self {
        Self {
            text: String::new(),
            is_page: false,
            code: 0,
            suggestion: String::new(),
            called: Some(Box::new(word)),
        }
    }
}

/// Return a sentence of the catalogue; `values` are what its `{names}` stand for.
fn message(code: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (place, part) in template(code).split(['{', '}']).enumerate() {
        let is_name = place % 2 == 1;
        let value = values.iter().find(|(name, _)| is_name && *name == part);
        text += value.map_or(part, |(_, value)| value);
    }
    text
}

/// Return a mistake; see `message`.
fn mistake(code: &str, values: &[(&str, &str)]) -> Stop {
    Stop::mistake(message(code, values), String::new())
}

/// Quote a text for a message, with control and direction characters spelled out.
fn quoted(text: &str) -> String {
    let mut shown = String::from("'");
    for letter in text.chars() {
        let code = u32::from(letter);
        match letter {
            '\0'..='\x1f' | '\x7f'..='\u{9f}' => shown += &format!("\\x{code:02x}"),
            '\u{61c}' | '\u{200e}' | '\u{200f}' => shown += &format!("\\u{code:04x}"),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                shown += &format!("\\u{code:04x}");
            }
            _ => shown.push(letter),
        }
    }
    shown + "'"
}

/// Count the edits between two texts; a swap of neighbours is one (optimal string
/// alignment).
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for row in 1..=left.len() {
        let mut now = vec![row];
        for col in 1..=right.len() {
            let change = usize::from(left[row - 1] != right[col - 1]);
            let removed = last[col].min(now[col - 1]) + 1;
            let mut best = removed.min(last[col - 1] + change);
            let may_swap = row > 1 && col > 1 && left[row - 1] == right[col - 2];
            if may_swap && left[row - 2] == right[col - 1] {
                best = best.min(before[col - 2] + 1);
            }
            now.push(best);
        }
        before = last;
        last = now;
    }
    last[right.len()]
}

/// Return the candidate that was probably meant, or an empty text.
fn nearest(typed: &str, candidates: Vec<String>) -> String {
    let letters: Vec<char> = typed.chars().collect();
    let mut limit = match letters.len() {
        0 | 1 => 1,
        2..=4 => 2,
        _ => 3,
    };
    let mut found = String::new();
    for candidate in candidates {
        let other: Vec<char> = candidate.chars().collect();
        if letters.len().abs_diff(other.len()) < limit {
            let edits = distance(&letters, &other);
            if edits < limit {
                found = candidate;
                limit = edits;
            }
        }
    }
    found
}
