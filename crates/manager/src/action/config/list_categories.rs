use ami::action::config::ListCategories;

use super::get_config::load;
use crate::action::Cx;
use crate::reply::Reply;

pub(super) async fn list_categories(cx: &Cx<'_>, action: ListCategories) -> Result<Reply, Reply> {
    let config = load(cx, action.filename).await?;
    let mut reply = Reply::fields();
    let mut none = true;
    for (n, category) in config.categories().enumerate() {
        reply = reply.line(&format!("Category-{n:06}"), &category.name);
        none = false;
    }
    Ok(if none {
        reply.line("Error", "no categories found")
    } else {
        reply
    })
}
