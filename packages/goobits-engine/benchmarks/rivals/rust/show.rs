//! Prints what a command was called with, when SHOW_VALUES is set. The values of the tests hold
//! nothing that JSON escapes.

pub trait Json {
    fn json(&self) -> String;
}

impl Json for String {
    fn json(&self) -> String {
        format!("\"{self}\"")
    }
}

macro_rules! plain {
    ($($type:ty),*) => {$(
        impl Json for $type {
            fn json(&self) -> String {
                self.to_string()
            }
        }
    )*};
}

plain!(u8, i64, f64, bool);

impl<T: Json> Json for Option<T> {
    fn json(&self) -> String {
        self.as_ref().map_or("null".into(), Json::json)
    }
}

impl<T: Json> Json for Vec<T> {
    fn json(&self) -> String {
        let items: Vec<String> = self.iter().map(Json::json).collect();
        format!("[{}]", items.join(","))
    }
}

pub fn show(command: &str, values: &[(&str, &dyn Json)]) {
    if std::env::var_os("SHOW_VALUES").is_none() {
        return;
    }
    let mut fields = format!("\"command_name\":\"{command}\"");
    for (name, value) in values {
        fields += &format!(",\"{name}\":{}", value.json());
    }
    println!("{{{fields}}}");
}
