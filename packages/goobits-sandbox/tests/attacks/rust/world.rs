//! The facts of the world that probes may know, from world.json: a flat object of strings, whole
//! numbers, and lists of them.

pub struct World(String);

impl World {
    pub fn read() -> World {
        World(std::fs::read_to_string("world.json").unwrap_or_default())
    }

    /// Return what is written after the key, up to the end of the file.
    fn after(&self, key: &str) -> &str {
        let quoted = format!("\"{key}\": ");
        self.0.split_once(&quoted).map_or("", |(_, rest)| rest)
    }

    pub fn number(&self, key: &str) -> usize {
        let digits = self.after(key).chars().take_while(char::is_ascii_digit);
        digits.collect::<String>().parse().unwrap_or(0)
    }

    pub fn text(&self, key: &str) -> String {
        self.after(key).split('"').nth(1).unwrap_or("").to_string()
    }

    pub fn list(&self, key: &str) -> Vec<String> {
        let inner = self.after(key).split(']').next().unwrap_or("");
        inner.split('"').skip(1).step_by(2).map(str::to_string).collect()
    }
}
