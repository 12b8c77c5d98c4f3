use ami::action::config::GetConfig;
use ami::refusal::config as refusal;
use config::{Category, Config, Filter};

use super::files::Files;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn get_config(cx: &Cx<'_>, action: GetConfig) -> Result<Reply, Reply> {
    let config = load(cx, action.filename).await?;
    let chosen = choose(&config, &action.category, &action.filter)?;
    if chosen.is_empty() && !action.category.is_empty() {
        // Alone among all lines of replies it has no colon.
        return Ok(Reply::fields().raw(b"No categories found\r\n"));
    }
    Ok(chosen
        .into_iter()
        .enumerate()
        .fold(Reply::fields(), |reply, (n, category)| {
            lines(reply, n, category)
        }))
}

/// The file, for GetConfig and its sisters.
pub(super) async fn load(cx: &Cx<'_>, name: String) -> Result<Config, Reply> {
    if name.is_empty() {
        return Err(Reply::error(refusal::NO_FILENAME));
    }
    Files::of(cx).work(move |files| files.load(&name)).await
}

/// The categories of a name, if one is given, that pass a filter.
pub(super) fn choose<'a>(
    config: &'a Config,
    name: &str,
    filter: &str,
) -> Result<Vec<&'a Category>, Reply> {
    let filter = Filter::parse(filter).map_err(|error| Reply::error(error.to_string()))?;
    let passing = config
        .categories_and_templates()
        .filter(|category| filter.matches(category));
    Ok(passing
        .filter(|category| name.is_empty() || category.is_named(name))
        .collect())
}

fn lines(reply: Reply, n: usize, category: &Category) -> Reply {
    let mut reply = reply.line(&format!("Category-{n:06}"), &category.name);
    if category.is_template {
        reply = reply.line(&format!("IsTemplate-{n:06}"), &1);
    }
    if !category.templates.is_empty() {
        reply = reply.line(&format!("Templates-{n:06}"), &category.templates.join(","));
    }
    category
        .variables
        .iter()
        .enumerate()
        .fold(reply, |reply, (m, variable)| {
            let value = format!("{}={}", variable.name, variable.value);
            reply.line(&format!("Line-{n:06}-{m:06}"), &value)
        })
}
