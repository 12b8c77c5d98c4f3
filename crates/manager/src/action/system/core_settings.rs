use ami::action::system::CoreSettings;

use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn core_settings(cx: &Cx<'_>, _: CoreSettings) -> Reply {
    let settings = cx.host.settings();
    Reply::fields()
        .line("AMIversion", cx.dialect.version())
        .line("AsteriskVersion", &settings.version)
        .line("SystemName", &settings.system_name)
        .line("CoreMaxCalls", &settings.max_calls)
        .line("CoreMaxLoadAvg", &format!("{:.6}", settings.max_load))
        .line("CoreRunUser", &settings.run_user)
        .line("CoreRunGroup", &settings.run_group)
        .line("CoreMaxFilehandles", &settings.max_files)
        .line("CoreRealTimeEnabled", &settings.realtime)
        .line("CoreCDRenabled", &settings.cdr)
        .line("CoreHTTPenabled", &settings.http)
        .line("SoundsSearchCustomDir", &settings.sounds_search_custom)
}
