use ami::action::config::GetConfigJson;
use config::Category;

use super::get_config::{choose, load};
use crate::action::Cx;
use crate::reply::Reply;
use crate::tell::json;

pub(super) async fn get_config_json(cx: &Cx<'_>, action: GetConfigJson) -> Result<Reply, Reply> {
    let config = load(cx, action.filename).await?;
    let mut out = String::from("{");
    for (n, category) in choose(&config, &action.category, &action.filter)?
        .iter()
        .enumerate()
    {
        if n > 0 {
            out.push(',');
        }
        json::quote(&category.name, &mut out);
        out.push(':');
        write(category, &mut out);
    }
    out.push('}');
    Ok(Reply::fields().line("JSON", &out))
}

/// One member for each variable, in order: a name that stands twice in the file does so here.
fn write(category: &Category, out: &mut String) {
    let templates = category.templates.join(",");
    let inherits = (!templates.is_empty()).then_some(("templates", &*templates));
    let variables = category.variables.iter().map(|v| (&*v.name, &*v.value));
    out.push('{');
    if category.is_template {
        out.push_str("\"istemplate\":1");
    }
    for (name, value) in inherits.into_iter().chain(variables) {
        if !out.ends_with('{') {
            out.push(',');
        }
        json::quote(name, out);
        out.push(':');
        json::quote(value, out);
    }
    out.push('}');
}
