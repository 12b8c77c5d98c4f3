//! The byte that says how urgent a packet is (RFC 2474), as a figure or by name.

/// Reads a figure, `0x` before a hexadecimal one, or a name such as `ef`, `cs3` and `af41`.
pub(super) fn read(value: &str) -> Result<u8, String> {
    let word = value.trim().to_ascii_lowercase();
    let number = match word.strip_prefix("0x") {
        Some(hex) => u8::from_str_radix(hex, 16).ok(),
        None => word.parse().ok(),
    };
    number
        .or_else(|| named(&word))
        .ok_or_else(|| format!("not a type of service: {value}"))
}

/// The code point of a name, in the upper six bits.
fn named(word: &str) -> Option<u8> {
    if word == "ef" {
        return Some(46 << 2);
    }
    let digit = |at: usize| {
        let digit = word.chars().nth(at)?.to_digit(10)?;
        u8::try_from(digit).ok()
    };
    if word.starts_with("cs") && word.len() == 3 {
        return digit(2).filter(|class| *class < 8).map(|class| class << 5);
    }
    if word.starts_with("af") && word.len() == 4 {
        let (class, drop) = (digit(2)?, digit(3)?);
        let right = (1..=4).contains(&class) && (1..=3).contains(&drop);
        return right.then_some(((class << 3) | (drop << 1)) << 2);
    }
    None
}
