//! `SoftHangup`.

use switch::Text;

use crate::app::options::Options;
use crate::app::{App, Outcome};
use crate::call::Call;
use crate::function::Argument;
use crate::script::arguments;
use crate::task::Gone;

/// `SoftHangup(Technology/Resource[,options])`.
pub static SOFTHANGUP: App = App {
    name: "SoftHangup",
    module: "app_softhangup",
    summary: "Hangs another channel up",
    syntax: "SoftHangup(Technology/Resource[,options])",
    arguments: &[
        Argument {
            name: "Technology/Resource",
            help: "The channel, or the device whose channel it is.",
        },
        Argument {
            name: "options",
            help: "a: all channels of the device, not only one.",
        },
    ],
    description: "",
    dangerous: false,
    run: |call, data| Box::pin(run(call, data)),
};

async fn run(call: Call, data: Text) -> Result<Outcome, Gone> {
    let args = arguments::split(&data, 2);
    let device = arguments::nth(&args, 0).trim();
    if device.is_empty() {
        call.warn("SoftHangup", "it wants a device or a channel");
        return Ok(Outcome::Next);
    }
    let options = Options::new(arguments::nth(&args, 1), "a", |letter| {
        call.warn("SoftHangup", format!("there is no option {letter:?}"));
    });
    call.with(|world| {
        let of_device = |id: &switch::ChannelId| {
            let name = world
                .switch
                .channel(*id)
                .map(|channel| channel.view().name.clone());
            name.is_some_and(|name| belongs(&name, device))
        };
        let mut found: Vec<_> = world
            .switch
            .channels()
            .into_iter()
            .filter(of_device)
            .collect();
        if !options.has('a') {
            found.truncate(1);
        }
        for id in found {
            world.switch.soft_hangup(id, None);
        }
    });
    Ok(Outcome::Next)
}

/// Whether a channel is the one named, or one of the device named.
fn belongs(channel: &str, device: &str) -> bool {
    let of = channel
        .rsplit_once('-')
        .map_or(channel, |(device, _)| device);
    channel.eq_ignore_ascii_case(device) || of.eq_ignore_ascii_case(device)
}
