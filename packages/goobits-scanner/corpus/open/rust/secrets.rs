//: bad const-token
use reqwest::header::AUTHORIZATION;

const TOKEN: &str = "ghp_<|>K2vNq8ZxTkLwR6yBc4JdHs9PfUg3e0aXo7iM"; //!

pub async fn issues(client: &reqwest::Client) -> reqwest::Result<String> {
    client
        .get("https://git.example.invalid/issues")
        .header(AUTHORIZATION, format!("token {TOKEN}"))
        .send()
        .await?
        .text()
        .await
}

//: good const-token
use reqwest::header::AUTHORIZATION;

const TOKEN: &str = "GITHUB_TOKEN";

pub async fn issues(client: &reqwest::Client) -> reqwest::Result<String> {
    client
        .get("https://git.example.invalid/issues")
        .header(AUTHORIZATION, format!("token {}", std::env::var(TOKEN).unwrap()))
        .send()
        .await?
        .text()
        .await
}
