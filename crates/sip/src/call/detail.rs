//! What the dialplan asks of a call: `CHANNEL(pjsip,…)`, and how it is set up.

use std::net::SocketAddr;

use super::dialog;
use super::leg::Call;
use crate::settings::{Settings, codecs};
use crate::uri;
use crate::wire::{Target, Transport};

impl Call {
    /// A field by the dialplan's name for it; `None` where there is none of that name.
    pub(super) fn detail(&self, field: &str, settings: &Settings) -> Option<String> {
        let mut parts = field.split(',').map(str::trim);
        let family = parts.next().unwrap_or_default().to_ascii_lowercase();
        let rest = parts.next().unwrap_or_default().to_ascii_lowercase();
        let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
        match &*family {
            "pjsip" => self.dialog_detail(&rest, settings),
            "endpoint" => Some(self.endpoint.name.to_string()),
            "dtmf_mode" => Some(self.endpoint.dtmf_mode.word().to_owned()),
            "moh_passthrough" => Some(yes(self.endpoint.moh_passthrough)),
            "media_offer" => {
                let offered = self.media_offer.as_ref().unwrap_or(&self.endpoint.allow);
                let names = offered.iter().map(|codec| codecs::name(*codec));
                Some(names.collect::<Vec<_>>().join(","))
            }
            _ => None,
        }
    }

    fn dialog_detail(&self, field: &str, settings: &Settings) -> Option<String> {
        let dialog = &self.dialog;
        let address = |address: Option<SocketAddr>| {
            address.map_or_else(String::new, |address| address.to_string())
        };
        Some(match field {
            "call-id" => dialog.call_id.clone(),
            "secure" => if self.is_secure(settings) { "1" } else { "0" }.to_owned(),
            "target_uri" => dialog.target.clone(),
            "local_uri" => without_tag(&dialog.local),
            "local_tag" => dialog.local_tag.clone(),
            "remote_uri" => without_tag(&dialog.remote),
            "remote_tag" => dialog.remote_tag.clone(),
            "request_uri" => dialog.asked.clone(),
            // There is no T.38 here.
            "t38state" => "DISABLED".to_owned(),
            "local_addr" => dialog.here.to_string(),
            "remote_addr" => match &dialog.way {
                Target::Flow(flow) => flow.remote.to_string(),
                Target::Named { .. } => address(dialog::literal(&dialog.target)),
            },
            _ => return None,
        })
    }

    fn is_secure(&self, settings: &Settings) -> bool {
        let transport = match &self.dialog.way {
            Target::Flow(flow) => Some(flow.transport),
            Target::Named { transport } => settings.transport(transport).map(|one| one.protocol),
        };
        matches!(transport, Some(Transport::Tls | Transport::Wss))
    }
}

/// A `From` or `To` as far as it says who somebody is.
fn without_tag(value: &str) -> String {
    let value = value.trim();
    let params = uri::name_addr(value).map_or("", |named| named.params);
    let named = value.strip_suffix(params).unwrap_or(value);
    named.trim_end().to_owned()
}
