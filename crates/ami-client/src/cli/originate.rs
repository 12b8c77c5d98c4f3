//! `ami originate`.

use ami::action::channel;
use clap::{ArgGroup, Args};

use super::action;
use super::connection::Connection;
use super::failure::Failure;
use super::terminal::Terminal;

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("then").required(true).args(["app", "exten"]))]
pub(super) struct Originate {
    /// Whom to call, as Technology/resource.
    channel: String,

    /// The application to run when the call is answered.
    #[arg(long)]
    app: Option<String>,

    /// The application's arguments.
    #[arg(long, default_value_t, hide_default_value = true, requires = "app")]
    data: String,

    /// The extension to run when the call is answered.
    #[arg(long)]
    exten: Option<String>,

    /// The context of that extension.
    #[arg(long, default_value = "default")]
    context: String,

    /// The priority or label in that extension.
    #[arg(long, default_value = "1")]
    priority: String,

    /// The caller shown to the one called: Name <number>.
    #[arg(long, default_value_t, hide_default_value = true)]
    caller_id: String,

    /// A variable of the new channel; may repeat.
    #[arg(long, value_name = "NAME=VALUE", value_parser = action::pair)]
    variable: Vec<(String, String)>,

    /// The account code of the new channel.
    #[arg(long, default_value_t, hide_default_value = true)]
    account: String,

    /// The codecs that may be used, with commas between.
    #[arg(long, default_value_t, hide_default_value = true)]
    codecs: String,

    /// Takes sound before the answer for an answer.
    #[arg(long)]
    early_media: bool,

    /// How long to let it ring; 30 without it.
    #[arg(long, value_name = "SECONDS")]
    ring: Option<u32>,

    /// Does not wait for the answer to the call.
    #[arg(long)]
    r#async: bool,
}

impl Originate {
    pub(super) async fn run(
        &self,
        connection: &Connection,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Failure> {
        let client = connection.log_in().await?;
        let reply = client.send(&self.action()).await?;
        if terminal.json {
            action::print(&reply, terminal)?;
        } else if reply.is_ok() {
            terminal.line(reply.message())?;
        }
        action::finish(&client, reply).await
    }

    fn action(&self) -> channel::Originate {
        let flag = |set: bool| {
            if set {
                "true".to_owned()
            } else {
                String::new()
            }
        };
        let (exten, context, priority) = match &self.exten {
            Some(exten) => (exten.clone(), self.context.clone(), self.priority.clone()),
            None => Default::default(),
        };
        let variables = self.variable.iter();
        channel::Originate {
            channel: self.channel.clone(),
            exten,
            context,
            priority,
            application: self.app.clone().unwrap_or_default(),
            data: self.data.clone(),
            timeout: self
                .ring
                .map_or_else(String::new, |s| (u64::from(s) * 1000).to_string()),
            caller_id: self.caller_id.clone(),
            variables: variables
                .map(|(name, value)| format!("{name}={value}"))
                .collect(),
            account: self.account.clone(),
            early_media: flag(self.early_media),
            r#async: flag(self.r#async),
            codecs: self.codecs.clone(),
            ..channel::Originate::default()
        }
    }
}
