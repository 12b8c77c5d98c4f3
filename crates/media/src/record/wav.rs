//! WAV headers of recordings.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

use crate::file::Format;
use crate::file::layout::Layout;

/// Writes the header of an empty file, if its format has one, and says where the sound will be.
pub(super) fn begin(file: &File, format: Format) -> io::Result<Layout> {
    let header = header(format);
    file.write_all_at(&header, 0)?;
    Ok(Layout {
        encoding: format.encoding(),
        rate: format.rate(),
        start: header.len() as u64,
        end: header.len() as u64,
    })
}

/// Tells the header how much sound there is. Sizes beyond 4 GiB stay at the greatest number, which
/// readers take for "up to the end".
pub(super) fn settle(file: &File, format: Format, layout: &Layout) -> io::Result<()> {
    if !format.is_riff() {
        return Ok(());
    }
    let number = |number: u64| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    file.write_all_at(&number(layout.end - layout.start), layout.start - 4)?;
    if format == Format::Wav49 && layout.start == GSM_HEADER {
        file.write_all_at(&number(layout.samples()), GSM_SAMPLES)?;
    }
    file.write_all_at(&number(layout.end - 8), RIFF_SIZE)
}

const RIFF_SIZE: u64 = 4;
const GSM_HEADER: u64 = 60;
const GSM_SAMPLES: u64 = 48;

/// The header of a file without sound, or nothing.
fn header(format: Format) -> Vec<u8> {
    if !format.is_riff() {
        return Vec::new();
    }
    let rate = format.rate();
    let (bytes, samples) = format.encoding().block();
    let (bytes, samples) = (bytes as u32, samples as u32);
    let is_gsm = format == Format::Wav49;
    let (tag, bits): (u16, u16) = if is_gsm { (49, 0) } else { (1, 16) };

    let mut fmt = Vec::new();
    fmt.extend(tag.to_le_bytes());
    fmt.extend(1_u16.to_le_bytes());
    fmt.extend(rate.to_le_bytes());
    fmt.extend((rate * bytes / samples).to_le_bytes());
    fmt.extend((bytes as u16).to_le_bytes());
    fmt.extend(bits.to_le_bytes());
    if is_gsm {
        // What GSM adds: two bytes that say how many samples a block holds.
        fmt.extend(2_u16.to_le_bytes());
        fmt.extend((samples as u16).to_le_bytes());
    }

    let mut chunks = b"WAVE".to_vec();
    chunk(&mut chunks, b"fmt ", &fmt);
    if is_gsm {
        chunk(&mut chunks, b"fact", &0_u32.to_le_bytes());
    }
    chunk(&mut chunks, b"data", &[]);
    let mut header = Vec::new();
    chunk(&mut header, b"RIFF", &chunks);
    header
}

fn chunk(to: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) {
    to.extend(name);
    to.extend((content.len() as u32).to_le_bytes());
    to.extend(content);
}
