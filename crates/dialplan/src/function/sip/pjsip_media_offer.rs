//! `PJSIP_MEDIA_OFFER(media)`.

use super::{set, setting};
use crate::function::system::call_scope;
use crate::function::{Argument, Env, Escalates, Function, FunctionError, Read};

pub(crate) static PJSIP_MEDIA_OFFER: Function = Function {
    name: "PJSIP_MEDIA_OFFER",
    module: "chan_pjsip",
    summary: "The codecs that this call offers or takes.",
    syntax: "PJSIP_MEDIA_OFFER(media)",
    arguments: &[Argument {
        name: "media",
        help: "audio; video is accepted and carries none.",
    }],
    escalates: Escalates::No,
    read: Some(Read::Later(|scope, _| {
        Box::pin(async move {
            let shown = setting(call_scope(scope)?, "media_offer", "allow").await?;
            Ok(shown.trim_matches(['(', ')']).replace('|', ","))
        })
    })),
    write: Some(write),
};

fn write(env: &mut dyn Env, media: &str, value: &str) -> Result<(), FunctionError> {
    match media.trim() {
        "audio" => set(env, "media_offer", value),
        "video" => Ok(()),
        media => Err(FunctionError::failed(format!(
            "{media:?} is none of audio, video"
        ))),
    }
}
