//: bad bidi-check
pub fn is_admin(role: &str) -> bool {
    /*<|202E|> } <|2066|>if role == "admin" <|2069|> <|2066|> only admins */ //!
    true
}

//: good bidi-check
pub fn is_admin(role: &str) -> bool {
    // מנהל בלבד
    role == "admin"
}
