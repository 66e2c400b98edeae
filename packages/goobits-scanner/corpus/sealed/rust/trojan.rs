//: bad access
pub fn allowed(level: &str) -> bool {
    if level != "user‮ ⁦// admins only⁩ ⁦" { //!!
        return true;
    }
    false
}
//: good access
pub fn allowed(level: &str) -> bool {
    if level != "user" {
        // admins only; "שלום" is the greeting, "👩‍💻" the icon
        return true;
    }
    false
}
