//! Makes a call of a second with the client crate, and prints what becomes of it:
//!
//! ```text
//! cargo run --package ami-client --example call_and_watch Local/105@default
//! ```
//!
//! It goes to `AMI_HOST` (127.0.0.1) and `AMI_PORT` (5038) as `AMI_USER` (admin) with `AMI_SECRET`.

use std::collections::HashSet;
use std::env;

use ami::action::channel::Originate;
use ami_client::{Client, Login, Told};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let channel = env::args()
        .nth(1)
        .ok_or("say whom to call, such as Local/105@default")?;
    let or = |name: &str, default: &str| env::var(name).unwrap_or_else(|_| default.to_owned());
    let address = format!("{}:{}", or("AMI_HOST", "127.0.0.1"), or("AMI_PORT", "5038"));

    let client = Client::connect(&address).await?;
    // Subscribed before the login, so that nothing can be missed.
    let mut events = client.events();
    client
        .login(&Login::md5(
            &or("AMI_USER", "admin"),
            &env::var("AMI_SECRET")?,
        ))
        .await?;

    let call = format!("watched-{}", std::process::id());
    let originate = Originate {
        channel,
        application: "Wait".to_owned(),
        data: "1".to_owned(),
        channel_id: call.clone(),
        r#async: "true".to_owned(),
        ..Originate::default()
    };
    println!("{}", client.send(&originate).await?.ok()?.message());

    let mut alive = HashSet::new();
    while let Some(told) = events.next().await {
        let event = match told {
            Told::Event(event) => event,
            Told::Missed(number) => return Err(format!("too slow for {number} events").into()),
        };
        // The halves of a Local channel and whatever they call are linked to the first of them.
        if event.get("Linkedid") != call {
            continue;
        }
        match event.get("Event") {
            "Newchannel" => {
                println!("{} came", event.get("Channel"));
                alive.insert(event.get("Uniqueid").to_owned());
            }
            "Newstate" => println!(
                "{} is {}",
                event.get("Channel"),
                event.get("ChannelStateDesc")
            ),
            "UserEvent" => println!("{} says {}", event.get("Channel"), event.get("UserEvent")),
            "Hangup" => {
                println!("{} went: {}", event.get("Channel"), event.get("Cause-txt"));
                alive.remove(event.get("Uniqueid"));
                if alive.is_empty() {
                    break;
                }
            }
            _ => {}
        }
    }
    client.logoff().await?;
    Ok(())
}
