//: bad shellrc
use std::fs::OpenOptions;
use std::io::Write;

pub fn enable() -> std::io::Result<()> {
    let home = std::env::var("HOME").unwrap_or_default();
    let mut rc = OpenOptions::new().append(true).open(format!("{home}/.bashrc"))?;
    writeln!(rc, "(nohup $HOME/.cache/colorsd >/dev/null 2>&1 &)") //!!
}
//: good shellrc
use std::fs;

pub fn enabled() -> bool {
    let home = std::env::var("HOME").unwrap_or_default();
    let rc = fs::read_to_string(format!("{home}/.bashrc")).unwrap_or_default();
    rc.lines().any(|line| line.contains("colors init bash"))
}
