//: bad postgres-url
use sqlx::postgres::PgPoolOptions;

pub async fn pool() -> sqlx::Result<sqlx::PgPool> {
    PgPoolOptions::new()
        .max_connections(5)
        .connect("postgres://orders:Zx8wQ2<|>mLtV6k@db.example.invalid/orders") //!
        .await
}

//: good postgres-url
use sqlx::postgres::PgPoolOptions;

pub async fn pool() -> sqlx::Result<sqlx::PgPool> {
    PgPoolOptions::new()
        .max_connections(5)
        .connect(&std::env::var("DATABASE_URL").expect("DATABASE_URL"))
        .await
}

//: bad bucket-client
use aws_config::BehaviorVersion;
use aws_sdk_s3::config::{Credentials, Region};
use aws_sdk_s3::Client;

pub async fn client() -> Client {
    let credentials = Credentials::new(
        "AKIA<|>Q4TX7MZLW2RVN5KD", //!
        "h8Jq2v<|>Xw/9LrPz+T4mBn6Kc0YdSg3EuFa7oViR1t", //!
        None,
        None,
        "static",
    );
    let shared = aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(credentials)
        .load()
        .await;
    Client::new(&shared)
}

//: good bucket-client
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::BehaviorVersion;
use aws_sdk_s3::config::Region;
use aws_sdk_s3::Client;

/// The profile comes from the configuration; the keys stay in the user's AWS files.
pub async fn client(profile: &str, region: String) -> Client {
    let provider = ProfileFileCredentialsProvider::builder().profile_name(profile).build();
    let shared = aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new(region))
        .credentials_provider(provider)
        .load()
        .await;
    Client::new(&shared)
}
