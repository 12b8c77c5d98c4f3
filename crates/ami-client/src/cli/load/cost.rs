//! What a measurement cost: processor time and memory, from `/proc`.

use std::fs;
use std::time::Instant;

use super::report::Report;
use crate::cli::failure::Failure;

/// Processor time and memory when the measurement began.
#[derive(Debug)]
pub(super) struct Cost {
    began: Instant,
    own: f64,
    switch: Option<Switch>,
}

#[derive(Debug)]
struct Switch {
    pid: u32,
    seconds: f64,
    kilobytes: u64,
}

impl Cost {
    pub(super) fn start(pid: Option<u32>) -> Result<Self, Failure> {
        let switch = match pid {
            Some(pid) => Some(Switch {
                pid,
                seconds: processor_seconds(&pid.to_string())?,
                kilobytes: resident_kilobytes(pid)?,
            }),
            None => None,
        };
        Ok(Self {
            began: Instant::now(),
            own: processor_seconds("self")?,
            switch,
        })
    }

    /// Adds how many processors were busy, setting up included, and how the switch has grown.
    pub(super) fn add_to(&self, report: &mut Report) -> Result<(), Failure> {
        let elapsed = self.began.elapsed().as_secs_f64().max(1e-9);
        let busy = |seconds: f64| (seconds / elapsed * 100.0).round() / 100.0;
        report.add(
            "generator_cpus",
            busy(processor_seconds("self")? - self.own),
        );
        if let Some(switch) = &self.switch {
            let seconds = processor_seconds(&switch.pid.to_string())? - switch.seconds;
            report.add("switch_cpus", busy(seconds));
            report.add("switch_rss_kb_before", switch.kilobytes);
            report.add("switch_rss_kb_after", resident_kilobytes(switch.pid)?);
        }
        Ok(())
    }
}

/// Resident memory of a process, in units of 1,024 bytes.
pub(super) fn resident_kilobytes(pid: u32) -> Result<u64, Failure> {
    status(pid, "VmRSS:")
}

/// Threads of a process.
pub(super) fn threads(pid: u32) -> Result<u64, Failure> {
    status(pid, "Threads:")
}

fn status(pid: u32, name: &str) -> Result<u64, Failure> {
    let text = read(&format!("/proc/{pid}/status"))?;
    text.lines()
        .find_map(|line| line.strip_prefix(name))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .ok_or_else(|| Failure::Load(format!("process {pid} has no {name} in its status")))
}

fn processor_seconds(process: &str) -> Result<f64, Failure> {
    let text = read(&format!("/proc/{process}/stat"))?;
    let ticks = ticks(&text).ok_or_else(|| Failure::Load(format!("cannot read {text:?}")))?;
    Ok(ticks as f64 / rustix::param::clock_ticks_per_second() as f64)
}

/// The 14th and 15th field. The second is the name in parentheses, which may hold anything.
fn ticks(stat: &str) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

fn read(path: &str) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::Load(format!("{path}: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_may_be_called_anything() {
        let stat = "42 (a) b (c) R 1 42 42 0 -1 4194304 100 0 0 0 7 5 0 0 20 0 1 0 1 1 1";
        assert_eq!(ticks(stat), Some(12));
        assert_eq!(ticks("nonsense"), None);
    }

    #[test]
    fn this_process_has_memory_and_threads() {
        let pid = std::process::id();
        assert!(resident_kilobytes(pid).unwrap() > 0);
        assert!(threads(pid).unwrap() > 0);
        assert!(Cost::start(Some(pid)).is_ok());
    }
}
