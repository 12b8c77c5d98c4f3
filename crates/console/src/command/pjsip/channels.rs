//! `pjsip show channels`, and what is known of endpoints as devices.

use std::collections::HashMap;
use std::fmt::Write as _;

use engine::request::Request;
use sip::directory::{Directory, endpoint_of, phrase};
use sip::settings::Endpoint;
use switch::device::DeviceState;
use switch::fact::Snap;
use switch::{Text, Time};

use super::columns::{self, Line};
use crate::Cx;
use crate::command::{Answer, Args, Command, Source, clock};

pub(in crate::command) const COMMANDS: &[Command] = &[
    Command {
        words: "pjsip {show|list} channels",
        arguments: "",
        summary: "The channels that lead to endpoints",
        details: "",
        module: "chan_pjsip",
        complete: &[],
        run: |cx, args| Box::pin(show_channels(cx, args)),
    },
    Command {
        words: "pjsip show channel",
        arguments: "<channel>",
        summary: "A channel that leads to an endpoint",
        details: "",
        module: "chan_pjsip",
        complete: &[Source::Channels],
        run: |cx, args| Box::pin(show_channel(cx, args)),
    },
];

/// States of devices, and the channels that lead to endpoints, at one moment.
pub(super) struct Devices {
    now: Time,
    states: HashMap<Text, DeviceState>,
    channels: Vec<Snap>,
}

impl Devices {
    /// Asks the engine; `None` where it has ended.
    pub(super) async fn read(cx: &Cx) -> Option<Devices> {
        let states = cx.ask(Request::Devices).await?;
        let mut channels = cx.ask(Request::Channels).await?;
        channels.retain(|channel| endpoint_of(&channel.name).is_some());
        Some(Devices {
            now: cx.host().now(),
            states: states.into_iter().collect(),
            channels,
        })
    }

    /// How many channels lead to an endpoint.
    pub(super) fn channels(&self, endpoint: &str) -> usize {
        self.of(endpoint).count()
    }

    /// An endpoint's state in words.
    pub(super) fn words(&self, directory: &Directory, endpoint: &Endpoint) -> &'static str {
        let name = format!("PJSIP/{}", endpoint.name);
        let known = self.states.get(name.as_str()).copied();
        phrase(directory.state(endpoint, known))
    }

    /// The lines of the channels that lead to an endpoint.
    pub(super) fn show(&self, text: &mut String, endpoint: &str) {
        self.of(endpoint)
            .for_each(|channel| self.line(text, channel));
    }

    fn of<'a>(&'a self, endpoint: &'a str) -> impl Iterator<Item = &'a Snap> {
        let leads = move |channel: &&Snap| endpoint_of(&channel.name) == Some(endpoint);
        self.channels.iter().filter(leads)
    }

    fn line(&self, text: &mut String, channel: &Snap) {
        let mut name = channel.name.to_string();
        if !channel.application.is_empty() {
            let _ = write!(name, "/{}", channel.application);
        }
        let time = clock(self.now - channel.created);
        let connected = &channel.connected;
        columns::channel(
            text,
            [&name, channel.state.word(), &time],
            [&channel.exten, &connected.number, &connected.name],
        );
    }
}

async fn show_channels(cx: &Cx, args: &Args<'_>) -> Answer {
    if !args.rest().is_empty() {
        return Answer::Usage;
    }
    let Some(devices) = Devices::read(cx).await else {
        return Answer::ended();
    };
    let mut text = columns::head(&[Line::Channel, Line::Exten]);
    for channel in &devices.channels {
        devices.line(&mut text, channel);
        text.push('\n');
    }
    text.push_str(&columns::foot(devices.channels.len()));
    Answer::Done(text)
}

async fn show_channel(cx: &Cx, args: &Args<'_>) -> Answer {
    let [name] = args.rest() else {
        return Answer::Usage;
    };
    let Some(devices) = Devices::read(cx).await else {
        return Answer::ended();
    };
    let Some(channel) = devices.channels.iter().find(|one| *one.name == **name) else {
        return Answer::Failed(format!("Unable to find object {name}.\n\n"));
    };
    let mut text = columns::head(&[Line::Channel, Line::Exten]);
    devices.line(&mut text, channel);
    text.push('\n');
    Answer::Done(text)
}
