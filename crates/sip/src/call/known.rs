//! What the engine knows of an endpoint.

use engine::FarEnd;
use switch::Text;

use crate::settings::{Endpoint, codecs};

/// What is known of an endpoint's calls before anything is said.
pub fn far_end(endpoint: &Endpoint) -> FarEnd {
    FarEnd {
        device: endpoint.name.clone(),
        caller: endpoint.callerid.clone(),
        context: endpoint.context.clone(),
        language: endpoint.language.clone(),
        account: endpoint.accountcode.clone(),
        music_class: endpoint.moh_suggest.clone(),
        tone_zone: endpoint.tone_zone.clone(),
        variables: endpoint.set_var.clone(),
        formats: Text::from(codecs::list(&endpoint.allow)),
        format: Text::from(
            endpoint
                .allow
                .first()
                .map_or("", |codec| codecs::name(*codec)),
        ),
        busy_at: endpoint.device_state_busy_at,
        groups: [
            endpoint.call_group.clone(),
            endpoint.pickup_group.clone(),
            endpoint.named_call_group.clone(),
            endpoint.named_pickup_group.clone(),
        ],
        inband_ringing: endpoint.inband_progress,
    }
}
