use ami::action::state::DeviceStateList;
use ami::event::state::{DeviceStateChange, DeviceStateListComplete};
use engine::request::Request;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn device_state_list(cx: &Cx<'_>, _: DeviceStateList) -> Result<Reply, Reply> {
    let devices = cx.engine.ask(Request::Devices).await?;
    let mut list = cx.list("Device State Changes will follow");
    for (device, state) in &devices {
        list.item(&DeviceStateChange {
            device,
            state: state.word(),
        });
    }
    let items = list.count();
    Ok(list.complete(&DeviceStateListComplete { items }))
}
