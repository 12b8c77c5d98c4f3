//! Loading and unloading.

use std::sync::Arc;

use dialplan::script::Plan;
use engine::request::{Request, Responder};
use manager::host::ModuleFailed;
use switch::Text;
use switch::fact::Fact;

use super::House;
use crate::modules::bare;

impl House {
    /// Loads a module and what its files say, and tells everybody.
    pub(super) fn load_one(&self, module: &str) -> Result<(), ModuleFailed> {
        let outcome = match self.modules.set(bare(module), true) {
            None => return Err(ModuleFailed::Unknown),
            Some(false) => return Err(ModuleFailed::Already),
            Some(true) => tokio::task::block_in_place(|| self.loaded(bare(module))),
        };
        if let Err(places) = &outcome {
            places.iter().for_each(|place| tracing::error!("{place}"));
        }
        let status = if outcome.is_ok() {
            "Success"
        } else {
            "Decline"
        };
        self.tell(Fact::ModuleLoaded {
            module: Text::from(module),
            status,
        });
        outcome.map_err(|_| {
            self.modules.set(bare(module), false);
            ModuleFailed::InUse
        })
    }

    /// Unloads a module, and tells everybody.
    pub(super) fn unload_one(&self, module: &str) -> Result<(), ModuleFailed> {
        match self.modules.set(bare(module), false) {
            None => return Err(ModuleFailed::Unknown),
            Some(false) => return Err(ModuleFailed::Already),
            Some(true) => self.unloaded(bare(module)),
        }
        self.tell(Fact::ModuleUnloaded {
            module: Text::from(module),
        });
        Ok(())
    }

    fn loaded(&self, module: &str) -> Result<(), Vec<String>> {
        match module {
            "pbx_config" => self.read_plan(),
            "cdr_csv" => self
                .files
                .records()
                .map(|(records, _)| self.write_records(&records)),
            _ => Ok(()),
        }
    }

    fn unloaded(&self, module: &str) {
        match module {
            "pbx_config" => {
                let request = Request::ReplacePlan(Arc::new(Plan::new()), Responder::ignore());
                if let Err(why) = self.engine.tell(request) {
                    tracing::error!("the dialplan stays: {why}");
                }
            }
            "cdr_csv" => self.close_records(),
            _ => {}
        }
    }
}
