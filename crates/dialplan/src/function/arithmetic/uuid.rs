//! `UUID()`.

use crate::function::{Env, Escalates, Function, FunctionError, Read};

pub(crate) static UUID: Function = Function {
    name: "UUID",
    module: "func_uuid",
    summary: "A name that nothing else has.",
    syntax: "UUID()",
    arguments: &[],
    escalates: Escalates::No,
    read: Some(Read::Now(read)),
    write: None,
};

fn read(env: &mut dyn Env, _: &str) -> Result<String, FunctionError> {
    Ok(switch::uuid(env.random(), env.random()))
}

#[cfg(test)]
mod tests {
    use crate::function::testing::Fake;
    use crate::script::posix;

    #[test]
    fn is_of_the_fourth_version() {
        let call = Fake::new();
        let form = "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$";
        let (one, two) = (call.fill("${UUID()}"), call.fill("${UUID()}"));
        assert!(posix::compile(form).unwrap().is_match(&one), "{one}");
        assert_ne!(one, two);
    }
}
