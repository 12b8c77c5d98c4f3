//! Modules: the named parts that an administrator loads and unloads.

use std::sync::atomic::{AtomicBool, Ordering};

/// What is known of one module before it is loaded.
#[derive(Debug, Clone, Copy)]
pub struct ModuleSpec {
    /// Its name as `module show` has it, without the ending, such as `app_queue`.
    pub name: &'static str,
    /// What it gives, in a few words.
    pub summary: &'static str,
}

/// Which of the known modules are loaded. Shared by reference; every reader sees a change at once.
#[derive(Debug)]
pub struct Modules {
    known: Vec<(ModuleSpec, AtomicBool)>,
}

impl Modules {
    /// The modules of this list, none of them loaded. The list is sorted by name.
    pub fn new(specs: impl IntoIterator<Item = ModuleSpec>) -> Modules {
        let mut known: Vec<_> = specs
            .into_iter()
            .map(|spec| (spec, AtomicBool::new(false)))
            .collect();
        known.sort_by_key(|(spec, _)| spec.name);
        known.dedup_by_key(|(spec, _)| spec.name);
        Modules { known }
    }

    /// All that are known, with whether they are loaded, by name.
    pub fn all(&self) -> impl Iterator<Item = (ModuleSpec, bool)> + '_ {
        self.known
            .iter()
            .map(|(spec, loaded)| (*spec, loaded.load(Ordering::Relaxed)))
    }

    /// Whether a module is loaded. `core` always is; an ending `.so` is not part of the name.
    pub fn loaded(&self, name: &str) -> bool {
        name == "core"
            || self
                .find(name)
                .is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    /// Whether there is such a module, loaded or not.
    pub fn known(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Loads or unloads a module: whether it was the other way before, `None` where there is none.
    pub fn set(&self, name: &str, loaded: bool) -> Option<bool> {
        self.find(name)
            .map(|flag| flag.swap(loaded, Ordering::Relaxed) != loaded)
    }

    fn find(&self, name: &str) -> Option<&AtomicBool> {
        let name = name.strip_suffix(".so").unwrap_or(name);
        let at = self
            .known
            .binary_search_by_key(&name, |(spec, _)| spec.name)
            .ok()?;
        self.known.get(at).map(|(_, flag)| flag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_found_by_either_name() {
        let modules = Modules::new([
            ModuleSpec {
                name: "res_b",
                summary: "",
            },
            ModuleSpec {
                name: "app_a",
                summary: "",
            },
        ]);
        assert!(!modules.loaded("app_a"));
        assert_eq!(modules.set("app_a.so", true), Some(true));
        assert_eq!(modules.set("app_a", true), Some(false));
        assert!(modules.loaded("app_a") && modules.loaded("core"));
        assert_eq!(modules.set("app_c", true), None);
        assert!(modules.known("res_b") && !modules.loaded("res_b"));
    }
}
