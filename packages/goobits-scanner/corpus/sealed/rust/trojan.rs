//: bad homoglyph-fn
fn validate(token: &str) -> bool {
    token.len() == 40
}

fn v<|430|>lidate(_token: &str) -> bool { //!
    true
}

pub fn login(token: &str) -> bool {
    v<|430|>lidate(token)
}

//: good homoglyph-fn
fn validate(token: &str) -> bool {
    token.len() == 40
}

fn größe(token: &str) -> usize {
    token.chars().count()
}

pub fn login(token: &str) -> bool {
    validate(token) && größe(token) == 40
}
